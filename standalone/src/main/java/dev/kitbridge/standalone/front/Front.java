package dev.kitbridge.standalone.front;

import dev.kitbridge.server.Server;
import dev.kitbridge.server.StartException;
import dev.kitbridge.standalone.jetty.Http1ConnectionFactory;
import dev.kitbridge.standalone.jetty.Http2ConnectionFactory;
import dev.kitbridge.standalone.origin.Origin;
import dev.kitbridge.standalone.settings.Cidr;
import dev.kitbridge.standalone.settings.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.Graceful;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** The HTTP server: HTTP/1.1 and HTTP/2, with TLS if a certificate is configured. */
public final class Front {

    /** Idle timeout of a connection while a response or a body is sent. */
    private static final Duration STALL = Duration.ofSeconds(ResponseSink.STALL_SECONDS);

    /** Classes that take long to initialize, or whose loading brings many others. */
    private static final List<String> FIRST = List.of(
            "org.eclipse.jetty.server.Server",
            "org.eclipse.jetty.server.ServerConnector",
            "org.eclipse.jetty.util.thread.QueuedThreadPool",
            "org.eclipse.jetty.http.HttpParser",
            "org.eclipse.jetty.http.HttpGenerator",
            "org.eclipse.jetty.server.internal.HttpConnection",
            "org.eclipse.jetty.server.internal.HttpChannelState",
            "org.eclipse.jetty.io.SocketChannelEndPoint",
            "org.eclipse.jetty.http.DateGenerator");

    private final Settings settings;
    private final String prefix;
    private final Listener listener;
    private final org.eclipse.jetty.server.Server jetty;
    private final ServerConnector connector;
    private final Connections connections;
    private final BufferLimit buffers;
    private final StartupHandler startup = new StartupHandler();

    private volatile List<RequestLog> logs = List.of();

    /**
     * Creates the server. It accepts connections from {@link #start} on.
     *
     * @param prefix prefix of the environment variables, for messages
     * @param activity counts requests, or null
     * @throws StartException if the certificate cannot be used
     */
    public Front(Settings settings, String prefix, Listener listener, @Nullable IdleTimer activity) throws IOException {
        this.settings = settings;
        this.prefix = prefix;
        this.listener = listener;
        // Jetty's BlockingArrayQueue loads the JVM's management classes to find the size of a cache line: a third of
        // the start time
        QueuedThreadPool threads = new QueuedThreadPool(32, 4, 60_000, new LinkedBlockingQueue<>());
        threads.setName("kitbridge-http");
        jetty = new org.eclipse.jetty.server.Server(threads);
        jetty.setErrorHandler(new EmptyErrorHandler());
        ConnectionFactory[] factories = factories(settings, prefix).toArray(ConnectionFactory[]::new);
        if (listener.isUnix()) {
            connector = new SocketConnector(jetty, listener.channel(), factories);
        } else {
            connector = new ServerConnector(jetty, 1, -1, factories);
            connector.open(listener.channel());
        }
        connector.setIdleTimeout(idle(settings.timeouts()).toMillis());
        // open requests are finished; Connections closes idle connections
        connector.setShutdownIdleTimeout(-1);
        jetty.addConnector(connector);
        int most = settings.listening().maxConnections();
        if (most > 0) jetty.addBean(new NetworkConnectionLimit(most, connector));
        int perAddress = settings.listening().maxConnectionsPerAddress();
        List<Cidr> trusted = settings.forwarding().trusted();
        if (perAddress > 0) connector.addBean(new AddressLimit(perAddress, trusted == null ? List.of() : trusted));
        buffers = new BufferLimit(settings.bufferLimit());
        connections = new Connections(connector, settings.timeouts(), buffers);
        if (activity != null) activity.setHandler(startup);
        jetty.setHandler(activity != null ? activity : startup);
        if (settings.isLogged()) jetty.setRequestLog(this::log);
    }

    private static List<ConnectionFactory> factories(Settings settings, String prefix) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(16 * 1024);
        http.setResponseHeaderSize(32 * 1024);
        // beside names and values, each field has four bytes, and the server adds fields of its own
        http.setMaxResponseHeaderSize(2 * settings.headersLimit() + 4096);
        // the asset table and kit's router validate paths, as they were sent
        http.setUriCompliance(UriCompliance.UNSAFE);
        // Authority validates hosts; the host of an absolute target wins over Host
        http.setHttpCompliance(HttpCompliance.RFC9110.with(
                "kitbridge",
                HttpCompliance.Violation.UNSAFE_HOST_HEADER,
                HttpCompliance.Violation.MISMATCHED_AUTHORITY));
        // otherwise a request could get another client's value, in another case
        http.setHeaderCacheCaseSensitive(true);
        Settings.PemFiles files = settings.listening().tls();
        if (files != null) return Tls.factories(files, prefix, http);
        return List.of(new Http1ConnectionFactory(http), Http2ConnectionFactory.withPriorKnowledge(http));
    }

    /**
     * Jetty's idle timeout, longer than the time that connections may wait for a request: {@link Connections} closes
     * those.
     */
    private static Duration idle(Settings.Timeouts timeouts) {
        Duration keepAlive = timeouts.keepAlive().isZero()
                ? Duration.ofDays(1)
                : timeouts.keepAlive().plusSeconds(5);
        return keepAlive.compareTo(STALL) > 0 ? keepAlive : STALL;
    }

    /** Loads the classes of the first request. Called while settings are read and the app is unpacked. */
    public static void warm() {
        ClassLoader loader = Front.class.getClassLoader();
        try {
            for (String name : FIRST) Class.forName(name, true, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Creates the logger on demand: loading the logging classes takes long. */
    private static void warn(String text) {
        System.getLogger(Front.class.getName()).log(System.Logger.Level.WARNING, text);
    }

    private void log(Request request, Response response) {
        for (RequestLog each : logs) each.log(request, response);
    }

    /** Starts to accept connections. Requests wait until the app is open. */
    public void start() throws Exception {
        jetty.start();
        connections.start();
    }

    /**
     * Starts to answer requests.
     *
     * @param taking log each answered request
     */
    public void open(Server server, List<RequestLog> taking) {
        logs = taking;
        Responder app = new OriginAdvice(server::respond, prefix, Front::warn);
        open(app, Origin.of(settings.forwarding(), server.site().origin()), handler -> handler);
    }

    /**
     * Starts to answer requests.
     *
     * @param app answers them
     * @param origin derives the origin of each request
     * @param around wraps the handler of {@code app}
     */
    public void open(Responder app, Origin origin, UnaryOperator<Handler> around) {
        Handler handler = new JettyHandler(
                app, origin, connections, buffers, settings.timeouts().request(), settings.isLogged());
        startup.open(around.apply(handler));
    }

    /** Returns the address that it listens on: {@code http://0.0.0.0:3000}. */
    public String address() {
        return listener.description();
    }

    /** Returns the number of open connections. */
    public int openConnections() {
        return connector.getConnectedEndPoints().size();
    }

    /** Returns the bytes that are buffered for slow clients or for the app. */
    public long bufferedBytes() {
        return buffers.bytes();
    }

    /**
     * Stops accepting connections, waits for open requests, and closes all connections.
     *
     * @param limit for open requests
     * @return whether all requests were answered
     */
    public boolean stop(Duration limit) throws Exception {
        listener.close();
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        ends.add(connector.shutdown());
        for (Graceful part : connector.getContainedBeans(Graceful.class)) ends.add(part.shutdown());
        // Jetty's own future of an HTTP/2 connection that its client closes at this moment never completes
        CompletableFuture<Void> closed = connections.drain();
        CompletableFuture<Void> answered = CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
        boolean finished = true;
        try {
            CompletableFuture.anyOf(closed, answered).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            finished = false;
        }
        jetty.stop();
        return finished;
    }
}
