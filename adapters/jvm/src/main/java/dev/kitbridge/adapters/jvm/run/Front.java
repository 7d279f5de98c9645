package dev.kitbridge.adapters.jvm.run;

import dev.kitbridge.server.Server;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server: HTTP/1.1, and HTTP/2 without TLS for those who ask for it. */
final class Front {

    private final org.eclipse.jetty.server.Server jetty;
    private final ServerConnector connector;

    Front(Settings settings, Server server) {
        QueuedThreadPool threads = new QueuedThreadPool(32, 4);
        threads.setName("kitbridge-http");
        jetty = new org.eclipse.jetty.server.Server(threads);
        jetty.setErrorHandler(new Refusals());
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(16 * 1024);
        http.setResponseHeaderSize(32 * 1024);
        // the asset table and kit's router judge paths; they are passed on as they were sent
        http.setUriCompliance(UriCompliance.UNSAFE);
        http.setHttpCompliance(HttpCompliance.RFC9110);
        // else a value that another client sent in another case would stand for this one's
        http.setHeaderCacheCaseSensitive(true);
        connector = new ServerConnector(jetty, 1, -1, new RawTargets(http), new HTTP2CServerConnectionFactory(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setAcceptQueueSize(1024);
        connector.setIdleTimeout(TimeUnit.SECONDS.toMillis(60));
        jetty.addConnector(connector);
        GracefulHandler graceful = new GracefulHandler();
        graceful.setHandler(
                new JettyHandler(server, new Origin(settings, server.site().origin())));
        jetty.setHandler(graceful);
        jetty.setStopTimeout(settings.shutdownTimeout().toMillis());
    }

    void start() throws Exception {
        jetty.start();
    }

    /** Where it listens, {@code http://0.0.0.0:3000}. */
    String address() {
        return "http://" + connector.getHost() + ":" + connector.getLocalPort();
    }

    /** Takes no more connections, and waits for what is being answered. */
    void stop() throws Exception {
        jetty.stop();
    }
}
