package dev.kitbridge.server.internal.workers;

import dev.kitbridge.server.Init;
import dev.kitbridge.server.Revalidation;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Keeps the configured number of workers running: starts, checks, replaces and stops them. */
final class Supervisor implements Worker.Listener {

    private static final System.Logger LOG = System.getLogger(Supervisor.class.getName());

    /** Time limit for the open requests of a worker that is replaced. */
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(60);

    /** Is notified of changes that concern requests. */
    interface Listener {
        /** A worker accepts requests. */
        void ready();

        /** No worker accepts requests, and the last start of each failed. */
        void cannotStart();

        /**
         * No worker has become ready, and no more starts are tried.
         *
         * @param reason the number of failed starts, and the error of the last one
         */
        void startsFailed(String reason);

        /** The app revalidates kept pages. */
        CompletionStage<Revalidation.Result> revalidate(Revalidation revalidation);

        /** The worker exited before it answered the request. */
        void lost(PendingRequest pending, WorkerLostException cause);
    }

    /** Minimum time for an app's shutdown handlers. */
    private static final Duration MIN_SHUTDOWN = Duration.ofSeconds(2);

    private final Init init;
    private final MemoryLimit memoryLimit;
    private final WorkerProcess.Starter starter;
    private final Time time;
    private final Listener listener;

    /** If the first worker is not ready after this time, the others start in parallel. */
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
    /** Whether all slots have been started; until then only the first one has. */
    private boolean complete;
    /** Number of failed starts; -1 after the first successful one. */
    private int failedStarts;

    Supervisor(Init init, WorkerProcess.Starter starter, Time time, Listener listener) {
        this.init = init;
        this.memoryLimit = new MemoryLimit(init.memory());
        this.starter = starter;
        this.time = time;
        this.listener = listener;
    }

    /** Starts the first worker, and returns at once. The others start later, since they would slow down the first. */
    void start() {
        lock.lock();
        try {
            for (int i = 0; i < init.workers(); i++) slots.add(new Slot());
            slots.get(0).worker = startWorker();
        } finally {
            lock.unlock();
        }
        time.after(HEAD_START_MILLIS, this::startOthersAfterDelay);
    }

    private void startOthersAfterDelay() {
        lock.lock();
        try {
            if (!closed && failedStarts == 0) startOthers();
        } finally {
            lock.unlock();
        }
    }

    /** Starts the other workers if the first one is ready, or starts slowly. If it fails, they would fail too. */
    private void startOthers() {
        if (complete) return;
        complete = true;
        for (Slot slot : slots) {
            if (slot.worker == null && !slot.isBroken()) slot.worker = startWorker();
        }
    }

    private Worker startWorker() {
        Worker worker = new Worker(numbers.incrementAndGet(), starter, this);
        alive.add(worker);
        worker.start();
        return worker;
    }

    private void fill(Slot slot) {
        lock.lock();
        try {
            if (!closed && slot.worker == null) slot.worker = startWorker();
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Worker leastBusy() {
        Worker best = null;
        for (Worker worker : ready) {
            if (worker.isAccepting() && (best == null || worker.running() < best.running())) best = worker;
        }
        return best;
    }

    /** Returns whether no worker accepts requests, and the last start of each failed. */
    boolean cannotStart() {
        lock.lock();
        try {
            return allStartsFailed();
        } finally {
            lock.unlock();
        }
    }

    private boolean allStartsFailed() {
        return complete ? slots.stream().allMatch(Slot::isBroken) : slots.get(0).isBroken();
    }

    @Override
    public void ready(Worker worker) {
        lock.lock();
        try {
            if (closed) worker.stopAccepting();
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
    public void exited(Worker worker, String reason) {
        boolean cannotStart;
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
                if (slot.has(worker)) replaceExited(slot, worker, served, reason, failed);
            }
            cannotStart = allStartsFailed();
        } finally {
            lock.unlock();
        }
        if (cannotStart) listener.cannotStart();
        if (failed) listener.startsFailed(init.startTries() + " starts failed; the last worker " + reason);
    }

    /** @param last whether no further start is tried */
    private void replaceExited(Slot slot, Worker worker, boolean served, String reason, boolean last) {
        boolean successor = slot.successor == worker;
        if (worker.isRetiring() && !successor) {
            slot.retired();
            if (slot.worker == null) time.after(0, () -> fill(slot));
            return;
        }
        long delay = slot.exited(worker, served, time.nanos());
        String next = last ? "" : "; the next one starts " + (delay == 0 ? "now" : "in " + delay + " ms");
        LOG.log(Level.ERROR, "Worker " + worker.number() + " " + reason + next);
        if (successor || last) return; // check() starts another successor if the worker still uses too much memory
        restarts.incrementAndGet();
        if (slot.worker != null) return; // the successor is starting
        // not on this thread even without a delay, since it is the thread of the worker that exited
        time.after(delay, () -> fill(slot));
    }

    @Override
    public CompletionStage<Revalidation.Result> revalidate(Revalidation revalidation) {
        return listener.revalidate(revalidation);
    }

    @Override
    public void lost(PendingRequest pending, WorkerLostException cause) {
        listener.lost(pending, cause);
    }

    /** Checks the event loop and the memory of each worker. The pool calls it periodically. */
    void check() {
        long now = time.nanos();
        for (Worker worker : all()) worker.ping(now, init.timeout().toNanos());
        lock.lock();
        try {
            if (closed) return;
            for (Slot slot : slots) {
                Worker worker = slot.worker;
                if (worker == null || !ready.contains(worker)) continue;
                if (slot.isFull(memoryLimit.isNear(worker.memory())) && slot.mayReplace(now)) replaceFull(slot, worker);
            }
        } finally {
            lock.unlock();
        }
    }

    private void replaceFull(Slot slot, Worker worker) {
        Worker.Memory memory = worker.memory();
        LOG.log(
                Level.WARNING,
                "Worker " + worker.number() + " uses " + (memory.all() >> 20) + " MiB, " + (memory.heap() >> 20)
                        + " MiB of them heap; another worker replaces it before its memory runs out");
        slot.successor = startWorker();
        restarts.incrementAndGet();
        // further requests could exhaust its memory while the successor starts
        if (ready.stream().anyMatch(other -> other != worker && other.isAccepting())) worker.stopAccepting();
        shutDownWhenIdle(worker, time.nanos() + DRAIN_LIMIT.toNanos());
    }

    /** Shuts a worker down when its requests are answered, or at the deadline. */
    private void shutDownWhenIdle(Worker worker, long deadline) {
        time.after(100, () -> {
            if (!all().contains(worker)) return;
            boolean done = worker.running() == 0 || time.nanos() - deadline > 0;
            if (worker.isRetiring() && done) worker.shutdown("RECYCLE", Worker.SHUTDOWN_LIMIT);
            else shutDownWhenIdle(worker, deadline);
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

    /** Returns the number of workers that accept requests. */
    int readyWorkers() {
        return (int) ready.stream().filter(Worker::isAccepting).count();
    }

    /** Returns the number of requests that workers are answering. */
    int running() {
        return all().stream().mapToInt(Worker::running).sum();
    }

    int restarts() {
        return restarts.get();
    }

    /**
     * Waits for a condition, which is evaluated when a worker becomes ready or exits. Returns whether it became true.
     */
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
     * Accepts no more requests, and waits for the responses to the open ones. Then shuts each app down, and kills the
     * workers that do not exit in time.
     *
     * @param limit for the responses; the shutdown handlers get the same time again, at least two seconds
     */
    void close(String reason, Duration limit) {
        List<Worker> last;
        lock.lock();
        try {
            if (closed) return;
            closed = true;
            for (Worker worker : alive) worker.stopAccepting();
            last = List.copyOf(alive);
        } finally {
            lock.unlock();
        }
        try {
            drain(limit);
            Duration exitLimit = limit.compareTo(MIN_SHUTDOWN) < 0 ? MIN_SHUTDOWN : limit;
            for (Worker worker : all()) worker.shutdown(reason, exitLimit);
            await(exitLimit, alive::isEmpty);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Worker worker : all()) worker.kill("did not exit in time");
        try {
            await(Duration.ofSeconds(2), alive::isEmpty);
            for (Worker worker : last) worker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (running() > 0 && System.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
