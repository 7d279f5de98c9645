package dev.kitbridge.services;

import dev.kitbridge.server.internal.link.Frame;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.BaseStream;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A running call. It ends with the first of these: its result, a failure, its timeout, a cancellation. */
final class ActiveCall {

    /** Code of the service, which may throw. */
    @FunctionalInterface
    interface Task {
        void run() throws Exception;
    }

    private static final System.Logger LOG = System.getLogger(ActiveCall.class.getName());

    private static final long NEVER = Long.MAX_VALUE;

    private final Connection connection;
    private final int id;
    private final RequestScope scope;
    private final PlatformServices services;
    private final Operation operation;
    private final Permit permit;
    private final AtomicBoolean ended = new AtomicBoolean();

    /** Whether the call ended without its result, so that its code has to stop too. */
    private volatile boolean aborted;

    private volatile @Nullable FutureTask<?> task;

    /** The first thread that runs the call's code; a second one may be cancelling it. */
    private volatile @Nullable Thread thread;

    private volatile @Nullable CompletionStage<?> stage;
    private volatile @Nullable Items items;
    private volatile @Nullable ScheduledFuture<?> timer;

    /** {@link System#nanoTime} of the timeout; {@link #NEVER} while the app has not read the items. */
    private volatile long deadline = NEVER;

    ActiveCall(
            Connection connection,
            int id,
            RequestScope scope,
            PlatformServices services,
            Operation operation,
            Permit permit) {
        this.connection = connection;
        this.id = id;
        this.scope = scope;
        this.services = services;
        this.operation = operation;
        this.permit = permit;
    }

    int id() {
        return id;
    }

    RequestScope scope() {
        return scope;
    }

    String name() {
        return operation.name();
    }

    /** Starts the call on another thread. */
    void start(byte[] arguments) {
        startTimeout();
        timer = connection.schedule(this::checkTimeout, operation.timeout().toNanos());
        execute(() -> complete(operation.invoke(arguments)));
        if (aborted) stop();
    }

    private void complete(@Nullable Object value) throws Exception {
        if (value instanceof CompletionStage<?> later) await(later);
        else deliver(value);
        if (aborted) stop();
    }

    private void await(CompletionStage<?> later) {
        stage = later;
        AtomicReference<@Nullable Optional<Throwable>> failed = new AtomicReference<>();
        later.whenComplete((result, error) -> {
            stage = null;
            Throwable failure = error != null ? error : failure(() -> deliver(result));
            if (failure != null && !failed.compareAndSet(null, Optional.of(failure))) fail(failure);
        });
        // thrown here if the failure is known already: the thread returns before the app gets the error
        Optional<Throwable> known = failed.compareAndExchange(null, Optional.empty());
        if (known != null) throw new CompletionException(known.get());
    }

    private void deliver(@Nullable Object value) throws Exception {
        if (value instanceof BaseStream<?, ?> stream) {
            StreamItems source = new StreamItems(this, stream);
            items = source;
            if (startStream()) source.run();
        } else if (value instanceof Flow.Publisher<?> publisher) {
            PublisherItems source = new PublisherItems(this);
            items = source;
            if (startStream()) publisher.subscribe(source);
        } else {
            finish(write(value, "the result of ").frame(ServiceFrame.RESULT, id));
        }
    }

    /** Announces the stream to the worker. Returns false if the call has ended. */
    private boolean startStream() {
        // Connection.close marks the request as closed before it searches for its streams
        if (scope.isClosed()) abort(new CallException(CallException.FAILED, "The request of " + name() + " has ended"));
        send(Frame.empty(ServiceFrame.STREAM, id));
        return !ended.get();
    }

    Values.Payload write(@Nullable Object value, String what) throws CallException {
        return Values.write(operation.writer(), value, services.limits().resultBytes(), what + name());
    }

    /** Runs code of the service on another thread, in the context of the call. */
    void execute(Task work) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        FutureTask<?> created = new FutureTask<>(() -> failure.set(failure(work)), null);
        task = created;
        try {
            submit(() -> {
                created.run();
                return failure.get();
            });
        } catch (RejectedExecutionException e) {
            fail(new CallException(CallException.LIMIT, "The server is shutting down"));
        } catch (OutOfMemoryError e) {
            // no thread could be created: only this call fails, not the connection
            fail(e);
        }
    }

    /** @param work returns its failure, or null */
    private void submit(Supplier<@Nullable Throwable> work) {
        permit.retain();
        try {
            connection.execute(() -> {
                Thread own = Thread.currentThread();
                if (thread == null) thread = own;
                Throwable failure = work.get();
                if (thread == own) thread = null;
                // before the app gets the error, since it may call again at once
                permit.release();
                if (failure != null) fail(failure);
            });
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            permit.release();
            throw e;
        }
    }

    /** Runs code of the service. Returns what it throws, even an {@code Error}, so that other calls continue. */
    @SuppressWarnings("CatchingUnchecked")
    private @Nullable Throwable failure(Task work) {
        try {
            inContext(() -> {
                work.run();
                return true;
            });
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    private void inContext(Callable<?> work) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader own = services.loader();
        if (own != null) thread.setContextClassLoader(own);
        try {
            scope.call(work);
        } finally {
            if (own != null) thread.setContextClassLoader(before);
        }
    }

    /** Restarts the timeout: the call waits for the service. */
    void startTimeout() {
        deadline = System.nanoTime() + operation.timeout().toNanos();
    }

    /** Stops the timeout: the call waits until the app has read the items. */
    void stopTimeout() {
        deadline = NEVER;
    }

    private void checkTimeout() {
        if (ended.get()) return;
        Duration timeout = operation.timeout();
        long left = deadline == NEVER ? timeout.toNanos() : deadline - System.nanoTime();
        if (left > 0) {
            timer = connection.schedule(this::checkTimeout, left);
            if (aborted) stop();
            return;
        }
        String text = name() + " took longer than " + TimeUnit.NANOSECONDS.toMillis(timeout.toNanos())
                + " ms and was cancelled; set a longer timeout with @PlatformService(timeout = ...)";
        abort(new CallException(CallException.TIMEOUT, text));
        timer = connection.schedule(this::warnIfRunning, TimeUnit.SECONDS.toNanos(2));
    }

    private void warnIfRunning() {
        Thread known = thread;
        if (permit.isFree() || known == null || !operation.isWarningDue()) return;
        String where = Arrays.stream(known.getStackTrace())
                .limit(8)
                .map(frame -> "\n\tat " + frame)
                .collect(Collectors.joining());
        LOG.log(
                Level.WARNING,
                name() + " was interrupted and still runs; such calls hold their permits until they return, "
                        + permit.heldByMethod() + " now. Its stack trace:"
                        + where);
    }

    void send(ByteBuffer frame) {
        if (!ended.get()) connection.send(frame);
    }

    /** Ends the call with its last frame. */
    void finish(ByteBuffer last) {
        if (!ended.compareAndSet(false, true)) return;
        connection.remove(this);
        // the method has returned, even if the thread has not
        permit.free();
        connection.send(last);
        cancelTimer();
    }

    /** Ends the call with a failure of the service. */
    void fail(Throwable error) {
        if (ended.get()) return;
        abort(mapped(error));
    }

    /** Maps a failure in the context of the request, since its user can decide about the status. */
    private CallException mapped(Throwable error) {
        AtomicReference<@Nullable CallException> result = new AtomicReference<>();
        try {
            scope.call(() -> {
                result.set(services.failures().of(error, name(), scope.context().requestId()));
                return true;
            });
        } catch (Exception e) {
            LOG.log(Level.DEBUG, name() + ": the context of the request is not available", e);
        }
        CallException known = result.get();
        return known != null
                ? known
                : services.failures().of(error, name(), scope.context().requestId());
    }

    void credit(int bytes) {
        Items flowing = items;
        if (flowing != null) flowing.credit(bytes);
    }

    boolean isStream() {
        return items != null;
    }

    /**
     * Ends the call and stops its code.
     *
     * @param error for the app; null if the app has cancelled the call
     */
    void abort(@Nullable CallException error) {
        if (!ended.compareAndSet(false, true)) return;
        aborted = true;
        connection.remove(this);
        stop();
        permit.release();
        if (error != null) connection.send(ServiceFrame.json(ServiceFrame.ERROR, id, error.json()));
    }

    /** Stops the call's code. Code that sets {@link #task}, {@link #stage} or a timer after the end calls it again. */
    private void stop() {
        cancelTimer();
        Items flowing = items;
        if (flowing != null) flowing.cancel();
        FutureTask<?> known = task;
        if (known != null) known.cancel(true);
        CompletionStage<?> later = stage;
        if ((flowing == null || flowing.isStopped()) && later == null) return;
        // cancelling runs the service's code, which may hang or throw; this thread is the timer's or the connection's
        Task cancellation = () -> {
            if (flowing != null) flowing.stop();
            if (later != null) later.toCompletableFuture().cancel(true);
        };
        try {
            submit(() -> failure(cancellation));
        } catch (RejectedExecutionException e) {
            // the server is shutting down: this thread may block
            Throwable failure = failure(cancellation);
            if (failure != null) LOG.log(Level.DEBUG, name() + " could not be cancelled", failure);
        } catch (OutOfMemoryError e) {
            LOG.log(Level.ERROR, name() + " could not be cancelled: no thread could be created for it", e);
        }
    }

    private void cancelTimer() {
        ScheduledFuture<?> known = timer;
        if (known != null) known.cancel(false);
    }
}
