package dev.kitbridge.server.workers;

import dev.kitbridge.server.Init;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps as many workers running as there are to be. */
final class Crew implements Worker.Fate {

    private static final System.Logger LOG = System.getLogger(Crew.class.getName());

    /** How long a worker that is to be replaced may work on what it had begun. */
    private static final Duration LEAVING = Duration.ofSeconds(60);

    /** Learns what concerns requests. */
    interface Listener {
        /** A worker takes requests. */
        void ready();

        /** No worker does, and no start of one succeeds. */
        void hopeless();

        /**
         * No worker has become ready, and no more are started.
         *
         * @param reason how many starts failed, and how the last one did
         */
        void failed(String reason);

        /** The request had no answer when its worker went away. */
        void lost(Call call, WorkerLost cause);
    }

    /** For an app's own handlers, however short the limit is. */
    private static final Duration LEAST = Duration.ofSeconds(2);

    private final Init init;
    private final Ceiling ceiling;
    private final Child.Starter starter;
    private final Time time;
    private final Listener listener;
    /** An app that takes longer to start has its workers start side by side. */
    static final long HEAD_START_MILLIS = 2000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Slot> slots = new ArrayList<>();
    private final List<Worker> alive = new ArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger restarts = new AtomicInteger();

    /** Replaced as a whole, so that a request needs no lock to find a worker. */
    private volatile List<Worker> ready = List.of();

    private boolean closed;
    /** Whether all slots are in use; until then only the first is. */
    private boolean complete;
    /** Starts that failed since the server was opened; -1 after the first that succeeded. */
    private int failedStarts;

    Crew(Init init, Child.Starter starter, Time time, Listener listener) {
        this.init = init;
        this.ceiling = new Ceiling(init.memory());
        this.starter = starter;
        this.time = time;
        this.listener = listener;
    }

    /** Starts the first worker, and returns at once: the others would only take the processor from it. */
    void start() {
        lock.lock();
        try {
            for (int i = 0; i < init.workers(); i++) slots.add(new Slot());
            slots.get(0).worker = begin();
        } finally {
            lock.unlock();
        }
        time.after(HEAD_START_MILLIS, this::startOthersIfNotYet);
    }

    private void startOthersIfNotYet() {
        lock.lock();
        try {
            if (!closed && failedStarts == 0) startOthers();
        } finally {
            lock.unlock();
        }
    }

    /** The first worker is ready, or takes long. Where it fails, the others would fail too. */
    private void startOthers() {
        if (complete) return;
        complete = true;
        for (Slot slot : slots) {
            if (slot.worker == null && !slot.isBroken()) slot.worker = begin();
        }
    }

    private Worker begin() {
        Worker worker = new Worker(numbers.incrementAndGet(), starter, this);
        alive.add(worker);
        worker.start();
        return worker;
    }

    private void fill(Slot slot) {
        lock.lock();
        try {
            if (!closed && slot.worker == null) slot.worker = begin();
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Worker leastBusy() {
        Worker best = null;
        for (Worker worker : ready) {
            if (worker.takes() && (best == null || worker.pending() < best.pending())) best = worker;
        }
        return best;
    }

    /** @return whether every worker ended before it was ready */
    boolean isHopeless() {
        lock.lock();
        try {
            return hopeless();
        } finally {
            lock.unlock();
        }
    }

    private boolean hopeless() {
        return complete ? slots.stream().allMatch(Slot::isBroken) : slots.get(0).isBroken();
    }

    @Override
    public void ready(Worker worker) {
        lock.lock();
        try {
            if (closed) worker.leave();
            for (Slot slot : slots) {
                if (slot.has(worker)) slot.ready(worker, time.nanos());
            }
            List<Worker> more = new ArrayList<>(ready);
            more.add(worker);
            ready = List.copyOf(more);
            failedStarts = -1;
            if (!closed) startOthers();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        listener.ready();
    }

    @Override
    public void gone(Worker worker, String reason) {
        boolean hopeless;
        boolean failed;
        lock.lock();
        try {
            alive.remove(worker);
            boolean served = ready.contains(worker);
            ready = ready.stream().filter(other -> other != worker).toList();
            changed.signalAll();
            if (closed) return;
            if (!served && failedStarts >= 0) failedStarts++;
            failed = init.startTries() > 0 && failedStarts >= init.startTries();
            for (Slot slot : slots) {
                if (slot.has(worker)) restart(slot, worker, served, reason, failed);
            }
            hopeless = hopeless();
        } finally {
            lock.unlock();
        }
        if (hopeless) listener.hopeless();
        if (failed) listener.failed(init.startTries() + " starts failed; the last worker " + reason);
    }

    /** @param last whether no other is started in its place */
    private void restart(Slot slot, Worker worker, boolean served, String reason, boolean last) {
        boolean successor = slot.successor == worker;
        if (worker.isLeaving() && !successor) {
            slot.left();
            if (slot.worker == null) time.after(0, () -> fill(slot));
            return;
        }
        long delay = slot.gone(worker, served, time.nanos());
        String next = last ? "" : "; the next one starts " + (delay == 0 ? "now" : "in " + delay + " ms");
        LOG.log(Level.ERROR, "Worker " + worker.number() + " " + reason + next);
        if (successor || last) return; // a successor is tried again as long as there is reason to
        restarts.incrementAndGet();
        if (slot.worker != null) return; // the successor is on its way
        // not on this thread even if it is to be now: it is about to end
        time.after(delay, () -> fill(slot));
    }

    @Override
    public void lost(Call call, WorkerLost cause) {
        listener.lost(call, cause);
    }

    /** Now and then: does each event loop turn, is there memory left? */
    void look() {
        long now = time.nanos();
        for (Worker worker : all()) worker.ping(now, init.timeout().toNanos());
        lock.lock();
        try {
            if (closed) return;
            for (Slot slot : slots) {
                Worker worker = slot.worker;
                if (worker == null || !ready.contains(worker)) continue;
                if (slot.isFull(ceiling.isNear(worker.memory())) && slot.mayReplace(now)) replace(slot, worker);
            }
        } finally {
            lock.unlock();
        }
    }

    private void replace(Slot slot, Worker worker) {
        Worker.Memory memory = worker.memory();
        LOG.log(
                Level.WARNING,
                "Worker " + worker.number() + " uses " + (memory.all() >> 20) + " MiB, " + (memory.heap() >> 20)
                        + " MiB of them heap, and is replaced before it has none left");
        slot.successor = begin();
        restarts.incrementAndGet();
        // it could fill up while the next one starts
        if (ready.stream().anyMatch(other -> other != worker && other.takes())) worker.leave();
        dismiss(worker, time.nanos() + LEAVING.toNanos());
    }

    /** Tells a worker to end when the requests that it has are answered, or it takes too long. */
    private void dismiss(Worker worker, long deadline) {
        time.after(100, () -> {
            if (!all().contains(worker)) return;
            boolean over = worker.pending() == 0 || time.nanos() - deadline > 0;
            if (worker.isLeaving() && over) worker.shutdown("RECYCLE", Worker.GOODBYE);
            else dismiss(worker, deadline);
        });
    }

    private List<Worker> all() {
        lock.lock();
        try {
            return List.copyOf(alive);
        } finally {
            lock.unlock();
        }
    }

    /** How many workers take requests. */
    int readyWorkers() {
        return (int) ready.stream().filter(Worker::takes).count();
    }

    /** How many requests they have. */
    int pending() {
        return all().stream().mapToInt(Worker::pending).sum();
    }

    int restarts() {
        return restarts.get();
    }

    /** @return whether the condition came true in time; it is asked again when a worker comes or goes */
    boolean await(Duration limit, BooleanSupplier condition) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) return false;
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes no more requests, waits for the answers to those that there are, tells each app to finish, and ends what
     * has not ended by then.
     *
     * @param limit for the answers; the apps get it again, at least two seconds
     */
    void close(String reason, Duration limit) {
        lock.lock();
        try {
            if (closed) return;
            closed = true;
            for (Worker worker : alive) worker.leave();
        } finally {
            lock.unlock();
        }
        try {
            drain(limit);
            Duration goodbye = limit.compareTo(LEAST) < 0 ? LEAST : limit;
            for (Worker worker : all()) worker.shutdown(reason, goodbye);
            await(goodbye, alive::isEmpty);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Worker worker : all()) worker.kill("did not end in time");
        try {
            await(Duration.ofSeconds(2), alive::isEmpty);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (pending() > 0 && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
