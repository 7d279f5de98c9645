package dev.kitbridge.server.internal.workers;

import dev.kitbridge.server.AppFiles;
import dev.kitbridge.server.Init;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.RequestContexts;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.internal.Answer;
import dev.kitbridge.server.internal.Handler;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gives each request to the worker with the fewest open requests. */
public final class WorkerPool implements Handler {

    static final long LOOK_MILLIS = 250;

    private final Init init;
    private final Time time;
    private final Runnable cleanup;
    private final RequestContexts requests;
    private final Crew crew;
    private final Queue<Call> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingCount = new AtomicInteger();

    private final CompletableFuture<@Nullable Void> started = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Starts workers, and returns at once.
     *
     * @param entry the module that runs a worker
     * @param files checked before each start of a worker except the first ones, before which the caller has checked
     *     them
     * @param services receives each worker's second connection, for service calls; null if the app has no services
     * @param requests contains the contexts of the requests that workers have
     */
    public static WorkerPool start(
            Init init, Path entry, AppFiles files, @Nullable Consumer<SocketChannel> services, RequestContexts requests)
            throws IOException {
        ProcessStarter starter = new ProcessStarter(init, entry, services);
        AtomicInteger starts = new AtomicInteger();
        Child.Starter checking = number -> {
            if (starts.getAndIncrement() >= init.workers()) files.check();
            return starter.start(number);
        };
        return start(init, checking, Time.real(), starter::close, requests);
    }

    static WorkerPool start(Init init, Child.Starter starter, Time time, Runnable cleanup) {
        return start(init, starter, time, cleanup, new RequestContexts());
    }

    private static WorkerPool start(
            Init init, Child.Starter starter, Time time, Runnable cleanup, RequestContexts requests) {
        WorkerPool pool = new WorkerPool(init, starter, time, cleanup, requests);
        pool.crew.start();
        time.after(LOOK_MILLIS, pool::look);
        return pool;
    }

    private WorkerPool(Init init, Child.Starter starter, Time time, Runnable cleanup, RequestContexts requests) {
        this.init = init;
        this.requests = requests;
        this.time = time;
        this.cleanup = cleanup;
        this.crew = new Crew(init, starter, time, new Crew.Listener() {
            @Override
            public void ready() {
                started.complete(null);
                for (Call call : takeWaiting()) submit(call);
            }

            @Override
            public void hopeless() {
                refuse(takeWaiting(), "no worker starts");
            }

            @Override
            public void failed(String reason) {
                started.completeExceptionally(new Unavailable(reason));
            }

            @Override
            public void lost(Call call, WorkerLost cause) {
                WorkerPool.this.lost(call, cause);
            }
        });
    }

    /** Gives a request to a worker, or queues it. Never passes it on. */
    @Override
    public boolean handle(Request request, RespondOptions options, Answer answer) {
        submit(new Call(request, options, requests, answer, false, time.nanos()));
        return true;
    }

    private void submit(Call call) {
        while (!call.answer().isDone()) {
            Worker worker = crew.leastBusy();
            if (worker != null) {
                if (worker.submit(call)) return;
                continue; // it accepts no more requests, so leastBusy() does not return it again
            }
            String refusal = enqueue(call);
            if (refusal != null) call.answer().fail(new Unavailable(refusal));
            // a worker that just became ready may have emptied the queue before this call was added
            else if (crew.leastBusy() != null && dequeue(call)) continue;
            return;
        }
    }

    /** Queues a call. Returns the reason if it is rejected, or null. */
    private @Nullable String enqueue(Call call) {
        if (closed.get()) return "the server is shutting down";
        if (crew.isHopeless()) return "no worker starts";
        if (waitingCount.incrementAndGet() > init.waiting()) {
            waitingCount.decrementAndGet();
            return init.waiting() + " requests wait for a worker already";
        }
        waiting.add(call);
        call.answer().whenComplete((response, error) -> dequeue(call));
        // the queue may have been drained before this call was added
        if ((closed.get() || crew.isHopeless()) && dequeue(call)) return "no worker starts";
        return null;
    }

    private boolean dequeue(Call call) {
        boolean was = waiting.remove(call);
        if (was) waitingCount.decrementAndGet();
        return was;
    }

    private List<Call> takeWaiting() {
        List<Call> calls = new ArrayList<>();
        for (Call call = waiting.poll(); call != null; call = waiting.poll()) {
            waitingCount.decrementAndGet();
            calls.add(call);
        }
        return calls;
    }

    private static void refuse(List<Call> calls, String reason) {
        for (Call call : calls) call.answer().fail(new Unavailable(reason));
    }

    /**
     * Repeats a request once if that is safe, unless the request itself is the likely cause: a request that crashes
     * every worker must not reach all of them.
     */
    private void lost(Call call, WorkerLost cause) {
        boolean repeats = call.request().isRepeatable() && !call.repeated() && !cause.isAlone();
        if (repeats) submit(call.again());
        else call.answer().fail(cause);
    }

    /** Health check, every {@link #LOOK_MILLIS}: worker heartbeats and queue timeouts. */
    private void look() {
        time.after(LOOK_MILLIS, this::look);
        crew.look();
        long now = time.nanos();
        for (Call call : waiting) {
            if (now - call.since() <= init.timeout().toNanos()) continue;
            if (dequeue(call)) refuse(List.of(call), "no worker became ready in time");
        }
    }

    /**
     * Completes when the first worker is ready; fails with {@link Unavailable} as the cause if {@link Init#startTries}
     * starts have failed before, after which no more are started.
     */
    public CompletableFuture<?> started() {
        return started.copy();
    }

    /** Returns the number of workers that accept requests. */
    public int readyWorkers() {
        return crew.readyWorkers();
    }

    /** Returns the number of workers that were replaced. */
    public int restarts() {
        return crew.restarts();
    }

    /** Returns the number of requests that workers have. */
    public int runningRequests() {
        return crew.pending();
    }

    /** Returns the number of requests that wait for a worker. */
    public int waitingRequests() {
        return waitingCount.get();
    }

    /**
     * Takes no more requests, waits for the answers to those that workers have, tells each app to finish, and ends what
     * has not ended by then.
     *
     * @param reason what {@code sveltekit:shutdown} is called with
     * @param limit for the answers; the apps get it again, at least two seconds
     */
    public void close(String reason, Duration limit) {
        if (!closed.compareAndSet(false, true)) return;
        refuse(takeWaiting(), "the server is shutting down");
        crew.close(reason, limit);
        time.close();
        cleanup.run();
    }
}
