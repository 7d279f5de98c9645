package dev.kitbridge.server.internal.workers;

import dev.kitbridge.server.Revalidation;
import dev.kitbridge.server.internal.link.Frame;
import dev.kitbridge.server.internal.link.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A JavaScript process and the requests within it. */
final class Worker {

    /** Time limit for an app's shutdown, unless the server is closing. */
    static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(10);

    /** Time limit of a start, as a multiple of the timeout: several workers may start at the same time. */
    static final long START_FACTOR = 6;

    /** Time limit for the exit of a process that closed its link unexpectedly. */
    private static final Duration CRASH_LIMIT = Duration.ofSeconds(1);

    /** Is notified of changes of a worker, on the worker's own thread. */
    interface Listener {
        /** The worker accepts requests. */
        void ready(Worker worker);

        /** @param reason why or how its process exited */
        void exited(Worker worker, String reason);

        /** The app in the worker revalidates kept pages. */
        CompletionStage<Revalidation.Result> revalidate(Revalidation revalidation);

        /** The worker exited before it answered the request. */
        void lost(PendingRequest pending, WorkerLostException cause);
    }

    private final int number;
    private final WorkerProcess.Starter starter;
    private final Listener listener;
    private final Map<Integer, Exchange> exchanges = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();

    private volatile @Nullable WorkerProcess process;
    private volatile @Nullable Link link;
    private volatile boolean connected;
    /** Why the worker is killed; null otherwise. */
    private volatile @Nullable String killReason;
    /** Whether the worker accepts no more requests. */
    private volatile boolean retiring;

    private volatile Duration exitLimit = SHUTDOWN_LIMIT;
    private final AtomicBoolean shutdownSent = new AtomicBoolean();
    /** {@link System#nanoTime} of the health check that has no answer yet; 0 without one. */
    private volatile long pingedAt;
    /** {@link System#nanoTime} of the first check during the start; 0 before it. */
    private volatile long startSeen;

    private volatile @Nullable Thread thread;

    private volatile Memory memory = Memory.UNKNOWN;

    /**
     * The memory that a worker last reported, in bytes.
     *
     * @param heap in use
     * @param limit of the heap
     * @param all of the process
     */
    record Memory(long heap, long limit, long all) {
        static final Memory UNKNOWN = new Memory(0, Long.MAX_VALUE, 0);
    }

    /** @param number names it in the log */
    Worker(int number, WorkerProcess.Starter starter, Listener listener) {
        this.number = number;
        this.starter = starter;
        this.listener = listener;
    }

    int number() {
        return number;
    }

    void start() {
        Thread runner = new Thread(this::run, "kitbridge-worker-" + number);
        runner.setDaemon(true);
        thread = runner;
        runner.start();
    }

    /** Waits for the thread of a worker that has exited. */
    void join() throws InterruptedException {
        Thread runner = thread;
        if (runner != null && runner != Thread.currentThread()) runner.join(1000);
    }

    private void run() {
        String reason = "failed";
        try {
            reason = serve();
        } catch (IOException e) {
            reason = String.valueOf(e.getMessage());
        } finally {
            String known = killReason;
            listener.exited(this, known == null ? reason : known);
        }
    }

    /** Runs the worker until it exits. Returns how it exited. */
    private String serve() throws IOException {
        try (WorkerProcess child = starter.start(number)) {
            process = child;
            if (killReason != null) child.kill();
            String problem = "";
            try (Link opened = new Link(child.connect())) {
                connected = true;
                link = opened;
                opened.receive(this::frame);
            } catch (IOException e) {
                if (link == null) throw e;
                problem = "lost its link (" + e.getMessage() + ") and ";
            } finally {
                link = null;
                failAll();
            }
            return problem + child.awaitExit(retiring ? exitLimit : CRASH_LIMIT);
        }
    }

    /** Fails all requests of the worker. {@link #submit} rejects further ones, because {@code link} is null now. */
    private void failAll() {
        String known = killReason;
        List<Integer> ids = List.copyOf(exchanges.keySet());
        WorkerLostException lost =
                new WorkerLostException("worker " + number + " " + (known == null ? "exited" : known), ids.size() == 1);
        for (Integer id : ids) {
            Exchange exchange = exchanges.remove(id);
            if (exchange != null && exchange.lost(lost)) listener.lost(exchange.pending(), lost);
        }
    }

    private void frame(byte type, int id, ByteBuffer payload) {
        if (type == Frame.READY) {
            ready(payload.remaining() == 4 ? payload.getInt() : 0);
        } else if (type == Frame.PONG) {
            pingedAt = 0;
            memory = new Memory(payload.getLong(), payload.getLong(), payload.getLong());
        } else if (type == Frame.REVALIDATE) {
            Link open = link;
            if (open != null) RevalidationCall.answer(open, id, Frame.text(payload), listener::revalidate);
        } else {
            Exchange exchange = exchanges.get(id);
            if (exchange == null) return; // it was cancelled
            try {
                if (exchange.frame(type, payload)) exchanges.remove(id);
            } catch (IOException | RuntimeException e) {
                kill("sent an invalid frame: " + e);
            }
        }
    }

    private void ready(int version) {
        if (version == Frame.VERSION) {
            listener.ready(this);
            return;
        }
        kill("uses version " + version + " of the link format, expected " + Frame.VERSION
                + "; build the app with the version of Kitbridge that the server has");
    }

    /** Returns whether the worker accepts requests. */
    boolean isAccepting() {
        return link != null && !retiring && killReason == null;
    }

    int running() {
        return exchanges.size();
    }

    Memory memory() {
        return memory;
    }

    /** Sends a request to the worker. Returns false if the worker does not accept it. */
    boolean submit(PendingRequest pending) {
        Link open = link;
        if (open == null) return false;
        int id = ids.incrementAndGet();
        Exchange exchange = new Exchange(id, pending, open);
        exchanges.put(id, exchange);
        // shutdown sets its flag before it counts exchanges, so either it counts this one or isAccepting() is false
        // here
        if (!isAccepting()) return exchanges.remove(id) == null;
        try {
            exchange.start();
        } catch (RuntimeException | Error e) {
            exchanges.remove(id);
            exchange.cancel();
            pending.answer().fail(e);
            return true;
        }
        pending.answer().whenComplete((response, error) -> {
            // only a front completes an answer exceptionally: the client has disconnected
            if (error != null) exchange.cancel();
        });
        return true;
    }

    /**
     * Sends a health check, and kills a worker whose event loop does not respond, or whose app does not start in time.
     *
     * @param now {@link System#nanoTime}
     */
    void ping(long now, long timeoutNanos) {
        if (!connected) awaitStart(now, START_FACTOR * timeoutNanos);
        Link open = link;
        if (open == null) return;
        long since = pingedAt;
        if (since == 0) {
            pingedAt = now == 0 ? 1 : now;
            open.send(Frame.empty(Frame.PING, 0));
        } else if (now - since > timeoutNanos) {
            kill("did not respond for " + TimeUnit.NANOSECONDS.toMillis(now - since) + " ms");
        }
    }

    private void awaitStart(long now, long limitNanos) {
        if (startSeen == 0) startSeen = now == 0 ? 1 : now;
        if (now - startSeen <= limitNanos || killReason != null) return;
        kill("did not start within " + TimeUnit.NANOSECONDS.toSeconds(limitNanos)
                + " s: the app's init hook, or one of its modules, has not completed");
    }

    /** Makes the worker reject further requests. */
    void stopAccepting() {
        retiring = true;
    }

    boolean isRetiring() {
        return retiring;
    }

    /**
     * Shuts the app down; its process exits when nothing keeps its event loop alive.
     *
     * @param limit after which the process is killed
     */
    void shutdown(String reason, Duration limit) {
        exitLimit = limit;
        retiring = true;
        if (!shutdownSent.compareAndSet(false, true)) return;
        Link open = link;
        if (open == null) kill("was shut down before it was ready");
        else open.send(Frame.text(Frame.SHUTDOWN, 0, reason));
    }

    void kill(String reason) {
        if (killReason == null) killReason = reason;
        WorkerProcess child = process;
        if (child != null) child.kill();
    }
}
