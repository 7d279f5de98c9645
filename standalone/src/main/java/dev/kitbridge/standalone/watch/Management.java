package dev.kitbridge.standalone.watch;

import dev.kitbridge.server.Revalidation;
import dev.kitbridge.standalone.front.Listener;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** A separate server for monitoring, which answers while the public server is busy or shuts down. */
public final class Management {

    private final Listener listener;
    private final Server jetty;
    private final Answers answers = new Answers();

    /** Starts the server. Until {@link #watch}, only {@code /healthz} answers with 200. */
    public Management(Listener listener) throws Exception {
        this.listener = listener;
        QueuedThreadPool threads = new QueuedThreadPool(6, 1);
        threads.setName("kitbridge-management");
        threads.setDaemon(true);
        jetty = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(jetty, 1, 1, new HttpConnectionFactory(http));
        connector.open(listener.channel());
        jetty.addConnector(connector);
        jetty.setHandler(answers);
        jetty.start();
    }

    /**
     * Connects the server to the app.
     *
     * @param ready whether requests can be answered
     * @param metrics the figures, in Prometheus' text format
     */
    public void watch(BooleanSupplier ready, Supplier<String> metrics) {
        answers.ready = ready;
        answers.metrics = metrics;
    }

    /**
     * Lets {@code POST /page-cache/revalidate} revalidate kept pages.
     *
     * @param token that a request has to send: {@code authorization: Bearer token}
     * @param pages makes the server forget pages
     */
    public void revalidate(String token, Function<Revalidation, CompletionStage<Revalidation.Result>> pages) {
        answers.revalidations = new Revalidations(token, pages);
    }

    /** Lets {@code /readyz} answer with 503. */
    public void ending() {
        answers.ready = () -> false;
    }

    /** Returns the address that it listens on: {@code http://127.0.0.1:9090}. */
    public String address() {
        return listener.description();
    }

    /** Stops the server. */
    public void stop() throws Exception {
        jetty.stop();
    }

    private static final class Answers extends Handler.Abstract {

        private volatile @Nullable BooleanSupplier ready;
        private volatile @Nullable Supplier<String> metrics;
        private volatile @Nullable Revalidations revalidations;

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            String path = request.getHttpURI().getPath();
            BooleanSupplier isReady = ready;
            Supplier<String> figures = metrics;
            Revalidations revalidating = revalidations;
            if ("/healthz".equals(path)) {
                answer(response, callback, 200, "alive\n");
            } else if ("/readyz".equals(path)) {
                boolean yes = isReady != null && isReady.getAsBoolean();
                answer(response, callback, yes ? 200 : 503, yes ? "ready\n" : "not ready\n");
            } else if ("/metrics".equals(path) && figures != null) {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
                answer(response, callback, 200, figures.get());
            } else if (Revalidations.PATH.equals(path) && revalidating != null) {
                revalidating
                        .answer(request)
                        .thenAccept(outcome -> answer(response, callback, outcome.status(), outcome.text()));
            } else {
                answer(response, callback, 404, "there are /healthz, /readyz and /metrics\n");
            }
            return true;
        }

        private static void answer(Response response, Callback callback, int status, String text) {
            response.setStatus(status);
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            if (!response.getHeaders().contains(HttpHeader.CONTENT_TYPE)) {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
            }
            Content.Sink.write(response, true, text, callback);
        }
    }
}
