package dev.kitbridge.standalone;

import dev.kitbridge.server.Server;
import dev.kitbridge.server.StartException;
import dev.kitbridge.standalone.front.Activity;
import dev.kitbridge.standalone.front.Front;
import dev.kitbridge.standalone.front.Listener;
import dev.kitbridge.standalone.settings.Settings;
import dev.kitbridge.standalone.settings.Settings.AccessLog;
import dev.kitbridge.standalone.watch.AccessLines;
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

/** The running app: sockets, management, workers and HTTP server, started and stopped in order. */
final class Instance {

    /** However short SHUTDOWN_TIMEOUT is, the app's own handlers get this. */
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
     * Starts everything, or nothing.
     *
     * @param prefix what the variables' names begin with, for messages
     * @param opening called when the sockets are open
     * @param out takes the access log
     * @param idle called if {@code IDLE_TIMEOUT} has passed
     */
    static Instance start(Settings settings, String prefix, Opening opening, OutputStream out, Runnable idle)
            throws Exception {
        Listener listener = Listener.open(settings.listening(), prefix);
        Duration limit = settings.timeouts().idle();
        boolean ends = settings.listening().activated() && !limit.isZero();
        // Jetty takes as long to load as the app to unpack and read
        FutureTask<Front> loading = new FutureTask<>(() -> {
            Front front = new Front(settings, prefix, listener, ends ? new Activity(limit, idle) : null);
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

    /** The logger is made when there is something to say: it takes long, and a start has nothing to say. */
    private static void log(Level level, String message, @Nullable Throwable cause) {
        System.getLogger(Instance.class.getName()).log(level, message, cause);
    }

    private static void abandon(FutureTask<Front> loading) {
        try {
            finish(loading).stop(Duration.ZERO);
        } catch (Exception e) {
            log(Level.DEBUG, "the HTTP server is not there, or does not end", e);
        }
    }

    private static Front finish(FutureTask<Front> loading) throws Exception {
        try {
            return loading.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StartException refusal) throw refusal;
            throw new IOException("the HTTP server could not be made: " + e.getCause(), e);
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
            logs.add(new AccessLines(settings.accessLog(), lines));
        }
        if (management != null) logs.add(metrics(management));
        front.open(server, logs);
    }

    private RequestLog metrics(Management watching) {
        Metrics metrics = new Metrics(server, settings.workers(), front);
        watching.watch(server::isReady, metrics::text);
        return metrics;
    }

    /** Completes when the app has started; fails if {@code START_TRIES} starts have failed. */
    CompletableFuture<?> started() {
        return server.started();
    }

    /** Where it listens. */
    String address() {
        return front.address();
    }

    /** The version of SvelteKit that the app was built with. */
    String kit() {
        return server.site().kit();
    }

    /** Where those who watch may ask, or null. */
    @Nullable
    String managementAddress() {
        return management == null ? null : management.address();
    }

    /** How many bytes wait in memory for slow clients or for the app. */
    long bufferedBytes() {
        return front.bufferedBytes();
    }

    SocketAddress socket() throws IOException {
        return listener.channel().getLocalAddress();
    }

    /**
     * Finishes what is being answered, then ends.
     *
     * @param reason what the app's {@code sveltekit:shutdown} handlers are called with
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
                        "Requests that were not answered within " + requests.toSeconds() + " seconds were cut off",
                        null);
            }
        } catch (Exception | LinkageError e) {
            // a jar that was replaced can make any class missing; the workers have to end all the same
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
