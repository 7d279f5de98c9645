package dev.kitbridge.server.internal.workers;

import dev.kitbridge.server.AppFiles;
import dev.kitbridge.server.Init;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.RequestContexts;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Revalidation;
import dev.kitbridge.server.internal.Answer;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Passes each request to the worker with the fewest open requests, or queues it until a worker is ready. */
public final class WorkerPool implements Workers {

    /** Interval of the health checks. */
    static final long CHECK_MILLIS = 250;

    private final Init init;
    private final Time time;
    private final Runnable cleanup;
    private final RequestContexts requests;
    private final Supervisor supervisor;
    private final Queue<PendingRequest> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queueSize = new AtomicInteger();

    private final CompletableFuture<@Nullable Void> started = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Starts the workers in the background.
     *
     * @param entry the module that runs a worker
     * @param files checked before each start of a worker except the first ones, for which the caller has checked them
     * @param services receives each worker's second connection, for service calls; null if the app has no services
     * @param requests contains the contexts of the requests that workers have
     * @param revalidation makes the page cache forget pages
     */
    public static WorkerPool start(
            Init init,
            Path entry,
            AppFiles files,
            @Nullable Consumer<SocketChannel> services,
            RequestContexts requests,
            Function<Revalidation, CompletionStage<Revalidation.Result>> revalidation)
            throws IOException {
        ProcessStarter starter = new ProcessStarter(init, entry, services);
        AtomicInteger starts = new AtomicInteger();
        WorkerProcess.Starter checking = number -> {
            if (starts.getAndIncrement() >= init.workers()) files.check();
            return starter.start(number);
        };
        return start(init, checking, Time.real(), starter::close, requests, revalidation);
    }

    static WorkerPool start(Init init, WorkerProcess.Starter starter, Time time, Runnable cleanup) {
        return start(
                init,
                starter,
                time,
                cleanup,
                new RequestContexts(),
                revalidation -> CompletableFuture.completedFuture(Revalidation.Result.COMPLETE));
    }

    private static WorkerPool start(
            Init init,
            WorkerProcess.Starter starter,
            Time time,
            Runnable cleanup,
            RequestContexts requests,
            Function<Revalidation, CompletionStage<Revalidation.Result>> revalidation) {
        WorkerPool pool = new WorkerPool(init, starter, time, cleanup, requests, revalidation);
        pool.supervisor.start();
        time.after(CHECK_MILLIS, pool::check);
        return pool;
    }

    private WorkerPool(
            Init init,
            WorkerProcess.Starter starter,
            Time time,
            Runnable cleanup,
            RequestContexts requests,
            Function<Revalidation, CompletionStage<Revalidation.Result>> revalidation) {
        this.init = init;
        this.requests = requests;
        this.time = time;
        this.cleanup = cleanup;
        this.supervisor = new Supervisor(init, starter, time, new Supervisor.Listener() {
            @Override
            public void ready() {
                started.complete(null);
                for (PendingRequest pending : drainQueue()) submit(pending);
            }

            @Override
            public void cannotStart() {
                reject(drainQueue(), "no worker starts");
            }

            @Override
            public void startsFailed(String reason) {
                started.completeExceptionally(new UnavailableException(reason));
            }

            @Override
            public CompletionStage<Revalidation.Result> revalidate(Revalidation pages) {
                return revalidation.apply(pages);
            }

            @Override
            public void lost(PendingRequest pending, WorkerLostException cause) {
                WorkerPool.this.lost(pending, cause);
            }
        });
    }

    /** Passes the request to a worker, or queues it. Always returns true: no handler follows. */
    @Override
    public boolean handle(Request request, RespondOptions options, Answer answer) {
        submit(new PendingRequest(request, options, requests, answer, false, time.nanos()));
        return true;
    }

    private void submit(PendingRequest pending) {
        while (!pending.answer().isDone()) {
            Worker worker = supervisor.leastBusy();
            if (worker != null) {
                if (worker.submit(pending)) return;
                continue; // the worker stopped accepting meanwhile; leastBusy() does not return it again
            }
            String reason = enqueue(pending);
            if (reason != null) pending.answer().fail(new UnavailableException(reason));
            // a worker that just became ready may have emptied the queue before this request was added
            else if (supervisor.leastBusy() != null && dequeue(pending)) continue;
            return;
        }
    }

    /** Queues a request. Returns the reason if it is rejected, or null. */
    private @Nullable String enqueue(PendingRequest pending) {
        if (closed.get()) return "the server is shutting down";
        if (supervisor.cannotStart()) return "no worker starts";
        if (queueSize.incrementAndGet() > init.waiting()) {
            queueSize.decrementAndGet();
            return init.waiting() + " requests already wait for a worker";
        }
        waiting.add(pending);
        pending.answer().whenComplete((response, error) -> dequeue(pending));
        // the queue may have been drained before this request was added
        if ((closed.get() || supervisor.cannotStart()) && dequeue(pending)) return "no worker starts";
        return null;
    }

    private boolean dequeue(PendingRequest pending) {
        boolean removed = waiting.remove(pending);
        if (removed) queueSize.decrementAndGet();
        return removed;
    }

    private List<PendingRequest> drainQueue() {
        List<PendingRequest> requests = new ArrayList<>();
        for (PendingRequest pending = waiting.poll(); pending != null; pending = waiting.poll()) {
            queueSize.decrementAndGet();
            requests.add(pending);
        }
        return requests;
    }

    private static void reject(List<PendingRequest> requests, String reason) {
        for (PendingRequest pending : requests) pending.answer().fail(new UnavailableException(reason));
    }

    /**
     * Repeats a request once if that is safe, and if the request itself is not the likely cause: a request that crashes
     * its worker must not reach all workers.
     */
    private void lost(PendingRequest pending, WorkerLostException cause) {
        boolean repeats = pending.request().isRepeatable() && !pending.repeated() && !cause.isAlone();
        if (repeats) submit(pending.again());
        else pending.answer().fail(cause);
    }

    /** Health check, every {@link #CHECK_MILLIS}: worker heartbeats and queue timeouts. */
    private void check() {
        time.after(CHECK_MILLIS, this::check);
        supervisor.check();
        long now = time.nanos();
        for (PendingRequest pending : waiting) {
            if (now - pending.since() <= init.timeout().toNanos()) continue;
            if (dequeue(pending)) reject(List.of(pending), "no worker became ready in time");
        }
    }

    /**
     * Completes when the first worker is ready. Fails with {@link UnavailableException} after {@link Init#startTries}
     * failed starts; no more are tried then.
     */
    @Override
    public CompletableFuture<?> started() {
        return started.copy();
    }

    @Override
    public int readyWorkers() {
        return supervisor.readyWorkers();
    }

    @Override
    public int restarts() {
        return supervisor.restarts();
    }

    @Override
    public int runningRequests() {
        return supervisor.running();
    }

    @Override
    public int waitingRequests() {
        return queueSize.get();
    }

    @Override
    public void close(String reason, Duration limit) {
        if (!closed.compareAndSet(false, true)) return;
        reject(drainQueue(), "the server is shutting down");
        supervisor.close(reason, limit);
        time.close();
        cleanup.run();
    }
}
