package dev.kitbridge.standalone;

import dev.kitbridge.server.Server;
import dev.kitbridge.server.StartException;
import dev.kitbridge.standalone.front.Front;
import dev.kitbridge.standalone.front.IdleTimer;
import dev.kitbridge.standalone.front.Listener;
import dev.kitbridge.standalone.settings.Settings;
import dev.kitbridge.standalone.settings.Settings.AccessLog;
import dev.kitbridge.standalone.watch.AccessLogger;
import dev.kitbridge.standalone.watch.LineWriter;
import dev.kitbridge.standalone.watch.Management;
import dev.kitbridge.standalone.watch.Metrics;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.eclipse.jetty.server.RequestLog;
import org.jspecify.annotations.Nullable;

/** The running app: starts and stops the sockets, the management server, the workers and the HTTP server in order. */
final class Instance {

    /** Minimum time for the app's shutdown handlers, if SHUTDOWN_TIMEOUT is shorter. */
    private static final Duration WORKERS_AT_LEAST = Duration.ofSeconds(2);

    /** Opens the app with its workers. */
    @FunctionalInterface
    interface Opening {
        Server open() throws IOException;
    }

    private final Settings settings;
    private final Listener listener;
    private final Front front;

    private final Server server;
    private final @Nullable Management management;

    private @Nullable LineWriter accessLog;

    private Instance(
            Settings settings, Listener listener, Front front, Server server, @Nullable Management management) {
        this.settings = settings;
        this.listener = listener;
        this.front = front;
        this.server = server;
        this.management = management;
    }

    /**
     * Starts all parts; stops them again if one fails.
     *
     * @param prefix prefix of the environment variables, for messages
     * @param opening opens the app; called when the sockets are open
     * @param out receives the access log
     * @param idle called after {@code IDLE_TIMEOUT} without a request
     */
    static Instance start(Settings settings, String prefix, Opening opening, OutputStream out, Runnable idle)
            throws Exception {
        Listener listener = Listener.open(settings.listening(), prefix);
        Duration limit = settings.timeouts().idle();
        boolean ends = settings.listening().activated() && !limit.isZero();
        // loading Jetty takes as long as unpacking and reading the app
        FutureTask<Front> loading = new FutureTask<>(() -> {
            Front front = new Front(settings, prefix, listener, ends ? new IdleTimer(limit, idle) : null);
            front.start();
            return front;
        });
        new Thread(loading, "kitbridge-front").start();
        Server server = null;
        Instance instance;
        try {
            Management management = management(settings, prefix);
            server = opening.open();
            instance = new Instance(settings, listener, finish(loading), server, management);
        } catch (Exception e) {
            if (server != null) server.close("SIGTERM", Duration.ZERO);
            listener.close();
            abandon(loading);
            throw e;
        }
        instance.begin(out);
        return instance;
    }

    /** Creates the logger on demand: that takes long, and a start logs nothing. */
    private static void log(Level level, String message, @Nullable Throwable cause) {
        System.getLogger(Instance.class.getName()).log(level, message, cause);
    }

    private static void abandon(FutureTask<Front> loading) {
        try {
            finish(loading).stop(Duration.ZERO);
        } catch (Exception e) {
            log(Level.DEBUG, "the HTTP server was not started, or could not be stopped", e);
        }
    }

    private static Front finish(FutureTask<Front> loading) throws Exception {
        try {
            return loading.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StartException refusal) throw refusal;
            throw new IOException("the HTTP server could not be created: " + e.getCause(), e);
        }
    }

    private static @Nullable Management management(Settings settings, String prefix) throws Exception {
        Integer port = settings.managementPort();
        if (port == null) return null;
        return new Management(Listener.tcp(settings.managementHost(), port, "http", prefix + "MANAGEMENT_"));
    }

    private void begin(OutputStream out) {
        List<RequestLog> logs = new ArrayList<>();
        if (settings.accessLog() != AccessLog.OFF) {
            LineWriter lines = new LineWriter(out);
            accessLog = lines;
            logs.add(new AccessLogger(settings.accessLog(), lines));
        }
        if (management != null) logs.add(metrics(management));
        front.open(server, logs);
    }

    private RequestLog metrics(Management watching) {
        Metrics metrics = new Metrics(server, settings.workers(), front);
        watching.watch(server::isReady, metrics::text);
        String token = settings.pageCacheToken();
        if (token != null) watching.revalidate(token, server::revalidate);
        return metrics;
    }

    /** Returns a future that completes when the app has started, and fails after {@code START_TRIES} failed starts. */
    CompletableFuture<?> started() {
        return server.started();
    }

    /** Returns the message for an app that has not {@linkplain #started started}. */
    static String startFailure(Throwable failure) {
        Throwable cause = failure.getCause();
        return "The app does not start: " + (cause == null ? failure : cause).getMessage();
    }

    /** Returns the address that it listens on. */
    String address() {
        return front.address();
    }

    /** Returns the path that the app is served at; empty for the root. */
    String base() {
        return server.site().base();
    }

    /** Returns the version of SvelteKit that the app was built with. */
    String kit() {
        return server.site().kit();
    }

    /** Returns the address of the management server, or null. */
    @Nullable
    String managementAddress() {
        return management == null ? null : management.address();
    }

    /** Returns the bytes that are buffered for slow clients or for the app. */
    long bufferedBytes() {
        return front.bufferedBytes();
    }

    SocketAddress socket() throws IOException {
        return listener.channel().getLocalAddress();
    }

    /**
     * Finishes open requests, then stops all parts.
     *
     * @param reason argument of the app's {@code sveltekit:shutdown} handlers
     */
    void stop(String reason) {
        Duration limit = settings.timeouts().shutdown();
        stop(reason, limit, limit.compareTo(WORKERS_AT_LEAST) < 0 ? WORKERS_AT_LEAST : limit);
    }

    private void stop(String reason, Duration requests, Duration workers) {
        if (management != null) management.ending();
        try {
            if (!front.stop(requests)) {
                log(
                        Level.WARNING,
                        "Requests that were not answered within " + requests.toSeconds() + " seconds were aborted",
                        null);
            }
        } catch (Exception | LinkageError e) {
            // after the jar was replaced, any class can be missing; the workers must be stopped nevertheless
            log(Level.WARNING, "The HTTP server could not be stopped", e);
        }
        server.close(reason, workers);
        if (accessLog != null) accessLog.close();
        try {
            if (management != null) management.stop();
        } catch (Exception | LinkageError e) {
            log(Level.WARNING, "The management server could not be stopped", e);
        }
    }
}
