package dev.kitbridge.adapters.jvm.run;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Server;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Jetty's requests and responses as the server's. Never blocks. */
final class JettyHandler extends Handler.Abstract.NonBlocking {

    private static final System.Logger LOG = System.getLogger(JettyHandler.class.getName());

    private final Server server;
    private final Origin origin;

    JettyHandler(Server server, Origin origin) {
        this.server = server;
        this.origin = origin;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Headers headers = headers(request);
        String target = RawTargets.of(request);
        String url;
        try {
            url = origin.of(headers);
            if (target == null || !target.startsWith("/")) throw new Origin.Unknown("the target is '" + target + "'");
        } catch (Origin.Unknown e) {
            LOG.log(System.Logger.Level.INFO, "400 for " + target + ": " + e.getMessage());
            response.setStatus(400);
            Content.Sink.write(response, true, "Bad Request", callback);
            return true;
        }
        var asked = dev.kitbridge.server.Request.of(request.getMethod(), url, target, headers, body(request));
        String remote = Request.getRemoteAddr(request);
        RespondOptions options = new RespondOptions(() -> origin.address(headers, remote), Map.of());
        CompletableFuture<dev.kitbridge.server.Response> answer = server.respond(asked, options);
        if (!answer.isDone()) request.addFailureListener(failure -> answer.cancel(false));
        answer.whenComplete((found, error) -> {
            if (error == null) send(found, request, response, callback);
            else callback.failed(error);
        });
        return true;
    }

    private static Headers headers(Request request) {
        List<String> fields = new ArrayList<>(2 * request.getHeaders().size());
        for (HttpField field : request.getHeaders()) {
            String value = field.getValue();
            fields.add(field.getLowerCaseName());
            fields.add(value == null ? "" : value);
        }
        return Headers.of(fields.toArray(String[]::new));
    }

    private static Flow.@Nullable Publisher<ByteBuffer> body(Request request) {
        if (request.getLength() == 0) return null;
        boolean announced = request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        boolean framed = request.getConnectionMetaData().getHttpVersion().getVersion() >= 20;
        if (!announced && !framed) return null;
        if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) return null;
        return new RequestBody(request);
    }

    private static void send(
            dev.kitbridge.server.Response found, Request request, Response response, Callback callback) {
        response.setStatus(found.status());
        for (HttpField field : found.headers().as(HttpField[].class, JettyHandler::fields)) {
            // Jetty has set the clock's already
            if (field.getHeader() == HttpHeader.DATE) response.getHeaders().put(field);
            else response.getHeaders().add(field);
        }
        if (request.getMethod().equals("HEAD")) {
            if (found.body() instanceof Body.Stream stream) Discard.from(stream.publisher());
            response.write(true, BufferUtil.EMPTY_BUFFER, callback);
        } else if (found.body() instanceof Body.Bytes bytes) {
            response.write(true, bytes.buffer(), callback);
        } else if (found.body() instanceof Body.FileRange file) {
            FileSending.send(file, request, response, callback);
        } else if (found.body() instanceof Body.Stream stream) {
            stream.publisher().subscribe(new StreamSending(response, callback));
        }
    }

    private static HttpField[] fields(Headers headers) {
        List<HttpField> fields = new ArrayList<>(headers.size());
        headers.forEach((name, value) -> {
            HttpHeader known = HttpHeader.CACHE.get(name);
            // how a body is framed is for the front to say
            if (known == HttpHeader.TRANSFER_ENCODING) return;
            fields.add(
                    known == null ? new PreEncodedHttpField(name, value) : new PreEncodedHttpField(known, name, value));
        });
        return fields.toArray(HttpField[]::new);
    }

    /** A body that nobody asked for. */
    private static final class Discard {
        static void from(Flow.Publisher<ByteBuffer> publisher) {
            publisher.subscribe(new Flow.Subscriber<>() {
                @Override
                public void onSubscribe(Flow.Subscription subscription) {
                    subscription.cancel();
                }

                @Override
                public void onNext(ByteBuffer item) {}

                @Override
                public void onError(Throwable throwable) {}

                @Override
                public void onComplete() {}
            });
        }
    }
}
