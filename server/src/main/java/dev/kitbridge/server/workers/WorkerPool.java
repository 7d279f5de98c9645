package dev.kitbridge.server.workers;

import dev.kitbridge.server.Init;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Keeps workers running and gives each request to the one that has the least to do. */
public final class WorkerPool implements Worker.Fate {

    private static final System.Logger LOG = System.getLogger(WorkerPool.class.getName());

    private static final long PING_MILLIS = 500;

    /** A worker that uses this much of its memory is replaced. */
    private static final double FULL = 0.9;

    /** One of the workers that there are to be, and the process that is it now. */
    private static final class Slot {
        @Nullable
        Worker worker;
        /** Takes over from a worker that is to be replaced. */
        @Nullable
        Worker successor;
        /** Starts in a row that did not become ready. */
        int failures;
    }

    private final Init init;
    private final Launch launch;
    private final ScheduledExecutorService timer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Slot> slots = new ArrayList<>();
    private final List<Worker> alive = new ArrayList<>();
    private final Queue<Call> waiting = new ArrayDeque<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger restarts = new AtomicInteger();

    /** Replaced as a whole, so that a request needs no lock to find a worker. */
    private volatile List<Worker> ready = List.of();

    private boolean closed;

    /** @param entry the module that runs a worker */
    public WorkerPool(Init init, Path entry) throws IOException {
        this.init = init;
        this.launch = new Launch(init, entry, Files.createTempDirectory("kitbridge"));
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "kitbridge-timer");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts the workers, and returns at once. */
    public void start() {
        for (int i = 0; i < init.workers(); i++) {
            Slot slot = new Slot();
            slots.add(slot);
            fill(slot);
        }
        later(PING_MILLIS, this::look);
    }

    private void later(long millis, Runnable task) {
        timer.schedule(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        LOG.log(Level.ERROR, "The supervision of workers failed", e);
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    /** @return completed with {@link Unavailable} or {@link IOException} where no worker could answer */
    public CompletableFuture<Response> respond(Request request, RespondOptions options) {
        Call call = new Call(request, options, new CompletableFuture<>(), false, System.nanoTime());
        submit(call);
        return call.answer();
    }

    private void submit(Call call) {
        Worker worker = leastBusy();
        if (worker != null && worker.submit(call)) return;
        String reason = enqueue(call);
        if (reason != null) call.answer().completeExceptionally(new Unavailable(reason));
    }

    private @Nullable Worker leastBusy() {
        Worker best = null;
        for (Worker worker : ready) {
            if (worker.takes() && (best == null || worker.pending() < best.pending())) best = worker;
        }
        return best;
    }

    /** @return why not, or null */
    private @Nullable String enqueue(Call call) {
        lock.lock();
        try {
            if (closed) return "the server is shutting down";
            if (slots.stream().allMatch(slot -> slot.failures > 0)) return "no worker starts";
            if (waiting.size() >= init.waiting()) return waiting.size() + " requests wait for a worker already";
            waiting.add(call);
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void fill(Slot slot) {
        lock.lock();
        try {
            if (closed || slot.worker != null) return;
            slot.worker = begin();
        } finally {
            lock.unlock();
        }
    }

    private Worker begin() {
        Worker worker = new Worker(numbers.incrementAndGet(), launch, this);
        alive.add(worker);
        worker.start();
        return worker;
    }

    @Override
    public void ready(Worker worker) {
        List<Call> calls;
        lock.lock();
        try {
            for (Slot slot : slots) {
                if (slot.successor == worker && slot.worker != null) {
                    slot.worker.leave();
                    slot.worker = worker;
                    slot.successor = null;
                }
                if (slot.worker == worker) slot.failures = 0;
            }
            publish();
            calls = new ArrayList<>(waiting);
            waiting.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        for (Call call : calls) submit(call);
    }

    private void publish() {
        ready = alive.stream().filter(Worker::takes).toList();
    }

    @Override
    public void gone(Worker worker, String reason) {
        long delay = 0;
        Slot free = null;
        List<Call> hopeless = List.of();
        lock.lock();
        try {
            boolean served = ready.contains(worker);
            alive.remove(worker);
            publish();
            changed.signalAll();
            if (closed) return;
            for (Slot slot : slots) {
                if (slot.successor == worker) slot.successor = null;
                if (slot.worker != worker) continue;
                slot.worker = slot.successor;
                slot.successor = null;
                if (!served) slot.failures++;
                if (slot.worker == null) free = slot;
                delay = slot.failures == 0 ? 0 : Math.min(10_000, 100L << Math.min(10, slot.failures - 1));
            }
            if (slots.stream().allMatch(slot -> slot.failures > 0)) {
                hopeless = new ArrayList<>(waiting);
                waiting.clear();
            }
        } finally {
            lock.unlock();
        }
        for (Call call : hopeless) call.answer().completeExceptionally(new Unavailable("no worker starts"));
        if (free == null) return;
        restarts.incrementAndGet();
        Slot slot = free;
        LOG.log(
                Level.ERROR,
                "Worker " + worker.number() + " " + reason + "\nThe next one starts "
                        + (delay == 0 ? "now" : "in " + delay + " ms"));
        if (delay == 0) fill(slot);
        else later(delay, () -> fill(slot));
    }

    @Override
    public void lost(Call call, WorkerLost cause) {
        if (call.answer().isDone()) return;
        if (call.repeated() || !call.request().isRepeatable()) call.answer().completeExceptionally(cause);
        else submit(call.again());
    }

    /** Now and then: does each event loop turn, is there memory left, does anybody wait too long? */
    private void look() {
        later(PING_MILLIS, this::look);
        long now = System.nanoTime();
        List<Worker> workers;
        List<Call> late = new ArrayList<>();
        lock.lock();
        try {
            workers = List.copyOf(alive);
            for (Call call = waiting.peek();
                    call != null && now - call.since() > init.timeout().toNanos();
                    call = waiting.peek()) {
                late.add(waiting.remove());
            }
        } finally {
            lock.unlock();
        }
        for (Call call : late) call.answer().completeExceptionally(new Unavailable("no worker became ready in time"));
        for (Worker worker : workers) {
            worker.ping(now, init.timeout().toNanos());
            if (isFull(worker.memory())) replace(worker);
            if (worker.isLeaving() && worker.pending() == 0) worker.shutdown("RECYCLE");
        }
    }

    private boolean isFull(Worker.Memory memory) {
        long ceiling = init.memory() > 0 ? init.memory() : Long.MAX_VALUE;
        return memory.heap() > FULL * Math.min(memory.limit(), ceiling) || memory.all() > FULL * ceiling;
    }

    private void replace(Worker worker) {
        lock.lock();
        try {
            for (Slot slot : slots) {
                if (closed || slot.worker != worker || slot.successor != null) continue;
                LOG.log(
                        Level.WARNING,
                        "Worker " + worker.number() + " uses "
                                + (worker.memory().all() >> 20)
                                + " MiB, " + (worker.memory().heap() >> 20)
                                + " MiB of them heap, and is replaced before it has none left");
                slot.successor = begin();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many workers take requests. */
    public int readyWorkers() {
        return ready.size();
    }

    /** How many workers had to be replaced. */
    public int restarts() {
        return restarts.get();
    }

    /** How many requests wait for a worker. */
    public int waitingRequests() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a worker is ready.
     *
     * @return whether one is
     */
    public boolean awaitReady(Duration limit) throws InterruptedException {
        return await(limit, () -> !ready.isEmpty());
    }

    private boolean await(Duration limit, java.util.function.BooleanSupplier condition) throws InterruptedException {
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
     * Takes no more requests, tells each app to finish, and ends what has not ended by then.
     *
     * @param reason what {@code sveltekit:shutdown} is called with
     */
    public void close(String reason, Duration limit) {
        List<Worker> workers;
        List<Call> calls;
        lock.lock();
        try {
            if (closed) return;
            closed = true;
            workers = List.copyOf(alive);
            calls = new ArrayList<>(waiting);
            waiting.clear();
        } finally {
            lock.unlock();
        }
        for (Call call : calls) call.answer().completeExceptionally(new Unavailable("the server is shutting down"));
        for (Worker worker : workers) worker.shutdown(reason);
        try {
            if (!await(limit, alive::isEmpty)) {
                for (Worker worker : workers) worker.kill("did not end in time");
                await(Duration.ofSeconds(5), alive::isEmpty);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            for (Worker worker : workers) worker.kill("was interrupted");
        }
        timer.shutdownNow();
        try {
            Files.deleteIfExists(launch.sockets());
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the folder of sockets stays", e);
        }
    }
}
