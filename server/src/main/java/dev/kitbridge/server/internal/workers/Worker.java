package dev.kitbridge.server.internal.workers;

import dev.kitbridge.server.internal.link.Frame;
import dev.kitbridge.server.internal.link.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A JavaScript process and the requests within it. */
final class Worker {

    /** Time limit for an app's shutdown, unless the server is closing. */
    static final Duration GOODBYE = Duration.ofSeconds(10);

    /** A worker may take this many times its timeout to start, since others may start at the same time. */
    static final long STARTS = 6;

    /** Time limit for the exit of a process that closed its link unexpectedly. */
    private static final Duration CRASH = Duration.ofSeconds(1);

    /** Is notified of a worker's state, on the worker's own thread. */
    interface Fate {
        void ready(Worker worker);

        /** @param reason the known cause */
        void gone(Worker worker, String reason);

        /** The request had no answer when the worker went away. */
        void lost(Call call, WorkerLost cause);
    }

    private final int number;
    private final Child.Starter starter;
    private final Fate fate;
    private final Map<Integer, Exchange> exchanges = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();

    private volatile @Nullable Child process;
    private volatile @Nullable Link link;
    private volatile boolean connected;
    private volatile @Nullable String verdict;
    private volatile boolean leaving;
    private volatile Duration goodbye = GOODBYE;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile long pinged;
    private volatile long looked;
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
    Worker(int number, Child.Starter starter, Fate fate) {
        this.number = number;
        this.starter = starter;
        this.fate = fate;
    }

    int number() {
        return number;
    }

    void start() {
        Thread thread = new Thread(this::run, "kitbridge-worker-" + number);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        String reason = "failed";
        try {
            reason = live();
        } catch (IOException e) {
            reason = String.valueOf(e.getMessage());
        } finally {
            String known = verdict;
            fate.gone(this, known == null ? reason : known);
        }
    }

    /** Runs the worker until it exits. Returns how it exited. */
    private String live() throws IOException {
        try (Child child = starter.start(number)) {
            process = child;
            if (verdict != null) child.kill();
            String trouble = "";
            try (Link opened = new Link(child.connect())) {
                connected = true;
                link = opened;
                opened.receive(this::frame);
            } catch (IOException e) {
                if (link == null) throw e;
                trouble = "lost its link (" + e.getMessage() + ") and ";
            } finally {
                link = null;
                loseAll();
            }
            return trouble + child.ended(leaving ? goodbye : CRASH);
        }
    }

    /** Fails all requests of the worker; {@link #submit} rejects further ones, since {@code link} is null by now. */
    private void loseAll() {
        String known = verdict;
        List<Integer> ids = List.copyOf(exchanges.keySet());
        WorkerLost lost =
                new WorkerLost("worker " + number + " " + (known == null ? "went away" : known), ids.size() == 1);
        for (Integer id : ids) {
            Exchange exchange = exchanges.remove(id);
            if (exchange != null && exchange.lost(lost)) fate.lost(exchange.call(), lost);
        }
    }

    private void frame(byte type, int id, ByteBuffer payload) {
        if (type == Frame.READY) {
            fate.ready(this);
        } else if (type == Frame.PONG) {
            pinged = 0;
            memory = new Memory(payload.getLong(), payload.getLong(), payload.getLong());
        } else {
            Exchange exchange = exchanges.get(id);
            if (exchange == null) return; // it was cancelled
            try {
                if (exchange.frame(type, payload)) exchanges.remove(id);
            } catch (IOException | RuntimeException e) {
                kill("broke the link's rules: " + e);
            }
        }
    }

    /** Returns whether the worker accepts requests. */
    boolean takes() {
        return link != null && !leaving && verdict == null;
    }

    int pending() {
        return exchanges.size();
    }

    Memory memory() {
        return memory;
    }

    /** Submits a call. Returns false if the worker does not accept it. */
    boolean submit(Call call) {
        Link open = link;
        if (open == null) return false;
        int id = ids.incrementAndGet();
        Exchange exchange = new Exchange(id, call, open);
        exchanges.put(id, exchange);
        // shutdown sets its flag before it counts exchanges, so that either it counts this one or takes() is false here
        if (!takes()) return exchanges.remove(id) == null;
        try {
            exchange.begin();
        } catch (RuntimeException e) {
            exchanges.remove(id);
            exchange.cancel();
            call.answer().fail(e);
            return true;
        }
        call.answer().whenComplete((response, error) -> {
            // handlers complete an answer normally, with an error page if need be: the client has gone
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
        if (!connected) awaitStart(now, STARTS * timeoutNanos);
        Link open = link;
        if (open == null) return;
        long since = pinged;
        if (since == 0) {
            pinged = now == 0 ? 1 : now;
            open.send(Frame.empty(Frame.PING, 0));
        } else if (now - since > timeoutNanos) {
            kill("did not answer for " + TimeUnit.NANOSECONDS.toMillis(now - since) + " ms");
        }
    }

    private void awaitStart(long now, long limitNanos) {
        if (looked == 0) looked = now == 0 ? 1 : now;
        if (now - looked <= limitNanos || verdict != null) return;
        kill("did not start within " + TimeUnit.NANOSECONDS.toSeconds(limitNanos)
                + " s: the app's init hook, or a module of it, has not come to its end");
    }

    /** Makes the worker accept no more requests. */
    void leave() {
        leaving = true;
    }

    boolean isLeaving() {
        return leaving;
    }

    /**
     * Shuts the app down; its process exits when nothing keeps its event loop alive.
     *
     * @param limit after which the process is killed
     */
    void shutdown(String reason, Duration limit) {
        goodbye = limit;
        leaving = true;
        if (!told.compareAndSet(false, true)) return;
        Link open = link;
        if (open == null) kill("was told to end");
        else open.send(Frame.text(Frame.SHUTDOWN, 0, reason));
    }

    void kill(String reason) {
        if (verdict == null) verdict = reason;
        Child child = process;
        if (child != null) child.kill();
    }
}
