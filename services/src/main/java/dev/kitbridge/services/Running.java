package dev.kitbridge.services;

import dev.kitbridge.server.link.Frame;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.BaseStream;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A call that is under way. It ends once, by whoever is first: its result, a failure, the clock, or its caller. */
final class Running {

    /** What a call needs of those around it. */
    interface Desk {
        void send(ByteBuffer frame);

        /** The call is over. */
        void remove(Running call);

        /** No thread carries it out any more either: its place is free. */
        void leave(Operation operation);

        void execute(Runnable task);

        ScheduledFuture<?> after(long nanos, Runnable task);
    }

    /** Something to do on a thread of the call. */
    @FunctionalInterface
    interface Task {
        void run() throws Exception;
    }

    private static final System.Logger LOG = System.getLogger(Running.class.getName());

    private static final long NEVER = Long.MAX_VALUE;

    private final Desk desk;
    private final int id;
    private final Scope scope;
    private final PlatformServices services;
    private final Operation operation;
    private final AtomicBoolean over = new AtomicBoolean();

    /** Whether it came to its end otherwise than by its result: what it does is to end too. */
    private volatile boolean aborted;

    /** Who needs its place: the call until it is over, and each thread that is at it. */
    private final AtomicInteger needs = new AtomicInteger(1);

    private final AtomicBoolean left = new AtomicBoolean();

    private volatile @Nullable FutureTask<?> task;

    /** Which is at it; the first one, where another has to end it. */
    private volatile @Nullable Thread thread;

    private volatile @Nullable CompletionStage<?> stage;
    private volatile @Nullable Items items;
    private volatile @Nullable ScheduledFuture<?> timer;

    /** {@link System#nanoTime} at which it has taken too long; {@link #NEVER} while its caller is who takes time. */
    private volatile long deadline = NEVER;

    Running(Desk desk, int id, Scope scope, PlatformServices services, Operation operation) {
        this.desk = desk;
        this.id = id;
        this.scope = scope;
        this.services = services;
        this.operation = operation;
    }

    int id() {
        return id;
    }

    Scope scope() {
        return scope;
    }

    String name() {
        return operation.name();
    }

    /** Carries it out, on another thread. */
    void begin(byte[] arguments) {
        arm();
        timer = desk.after(operation.timeout().toNanos(), this::look);
        execute(() -> settle(operation.invoke(arguments)));
        if (aborted) release();
    }

    private void settle(@Nullable Object value) throws Exception {
        if (value instanceof CompletionStage<?> later) await(later);
        else give(value);
        if (aborted) release();
    }

    private void await(CompletionStage<?> later) {
        stage = later;
        AtomicReference<@Nullable Optional<Throwable>> failed = new AtomicReference<>();
        later.whenComplete((result, error) -> {
            stage = null;
            Throwable failure = error != null ? error : failure(() -> give(result));
            if (failure != null && !failed.compareAndSet(null, Optional.of(failure))) fail(failure);
        });
        // where it has failed by now, so has the call, on its own thread
        Optional<Throwable> known = failed.compareAndExchange(null, Optional.empty());
        if (known != null) throw new CompletionException(known.get());
    }

    private void give(@Nullable Object value) throws Exception {
        if (value instanceof BaseStream<?, ?> stream) {
            StreamItems source = new StreamItems(this, stream);
            items = source;
            if (begins()) source.run();
        } else if (value instanceof Flow.Publisher<?> publisher) {
            PublisherItems source = new PublisherItems(this);
            items = source;
            if (begins()) publisher.subscribe(source);
        } else {
            finish(write(value, "the result of ").frame(Message.RESULT, id));
        }
    }

    /** @return whether there is anybody left to read it */
    private boolean begins() {
        // whoever closes the request says so first, and looks for streams then
        if (scope.isClosed()) abort(new Trouble(Trouble.FAILED, "The request of " + name() + " is over"));
        send(Frame.empty(Message.STREAM, id));
        return !over.get();
    }

    Values.Payload write(@Nullable Object value, String what) throws Trouble.Refused {
        return Values.write(operation.writer(), value, services.limits().resultBytes(), what + name());
    }

    /** Does something in the context of the call. */
    void execute(Task work) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        FutureTask<?> made = new FutureTask<>(() -> failure.set(failure(work)), null);
        task = made;
        try {
            start(() -> {
                made.run();
                return failure.get();
            });
        } catch (RejectedExecutionException e) {
            fail(new Trouble.Refused(Trouble.LIMIT, "The server is shutting down"));
        } catch (OutOfMemoryError e) {
            // there are no more threads: this call fails, not all of the worker's
            fail(e);
        }
    }

    /** @param work returns what it failed with, or null */
    private void start(Supplier<@Nullable Throwable> work) {
        needs.incrementAndGet();
        try {
            desk.execute(() -> {
                Thread own = Thread.currentThread();
                if (thread == null) thread = own;
                Throwable failure = work.get();
                if (thread == own) thread = null;
                // before anybody is answered, who may call again
                leave();
                if (failure != null) fail(failure);
            });
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            leave();
            throw e;
        }
    }

    private void leave() {
        if (needs.decrementAndGet() == 0) free();
    }

    private void free() {
        if (left.compareAndSet(false, true)) desk.leave(operation);
    }

    /** Nothing that a service throws gets any further: other calls go on. */
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
            scope.context().call(work);
        } finally {
            if (own != null) thread.setContextClassLoader(before);
        }
    }

    /** From now on it is the service that takes time. */
    void arm() {
        deadline = System.nanoTime() + operation.timeout().toNanos();
    }

    /** From now on it is the caller. */
    void disarm() {
        deadline = NEVER;
    }

    private void look() {
        if (over.get()) return;
        Duration timeout = operation.timeout();
        long left = deadline == NEVER ? timeout.toNanos() : deadline - System.nanoTime();
        if (left > 0) {
            timer = desk.after(left, this::look);
            if (aborted) release();
            return;
        }
        String text = name() + " took longer than " + TimeUnit.NANOSECONDS.toMillis(timeout.toNanos())
                + " ms and was ended; @PlatformService(timeout = ...) gives it more";
        abort(new Trouble(Trouble.TIMEOUT, text));
        timer = desk.after(TimeUnit.SECONDS.toNanos(2), this::tellIfItGoesOn);
    }

    private void tellIfItGoesOn() {
        Thread known = thread;
        if (left.get() || known == null || !operation.mayTell()) return;
        String where = Arrays.stream(known.getStackTrace())
                .limit(8)
                .map(frame -> "\n\tat " + frame)
                .collect(Collectors.joining());
        LOG.log(
                Level.WARNING,
                name() + " was interrupted and still runs; such calls hold their permits until they return, "
                        + operation.underWay + " now. Its thread is"
                        + where);
    }

    void send(ByteBuffer frame) {
        if (!over.get()) desk.send(frame);
    }

    /** Ends it with its last frame. */
    void finish(ByteBuffer last) {
        if (!over.compareAndSet(false, true)) return;
        desk.remove(this);
        // whose thread has nothing left to do
        free();
        desk.send(last);
        cancelTimer();
    }

    /** Ends it with a failure of the service. */
    void fail(Throwable error) {
        if (over.get()) return;
        abort(services.failures().of(error, name(), scope.context().requestId()));
    }

    void credit(int bytes) {
        Items flowing = items;
        if (flowing != null) flowing.credit(bytes);
    }

    boolean isStream() {
        return items != null;
    }

    /**
     * Ends it, and what it does.
     *
     * @param trouble what the caller learns; null where there is none any more
     */
    void abort(@Nullable Trouble trouble) {
        if (!over.compareAndSet(false, true)) return;
        aborted = true;
        desk.remove(this);
        release();
        leave();
        if (trouble != null) desk.send(Message.json(Message.ERROR, id, trouble.json()));
    }

    /** Whoever comes later than the end does it again. */
    private void release() {
        cancelTimer();
        Items flowing = items;
        if (flowing != null) flowing.cancel();
        FutureTask<?> known = task;
        if (known != null) known.cancel(true);
        CompletionStage<?> later = stage;
        if ((flowing == null || flowing.isStopped()) && later == null) return;
        // a service's own code may hang or throw here too, and this thread is that of the clock, or of a whole worker
        Task stop = () -> {
            if (flowing != null) flowing.stop();
            if (later != null) later.toCompletableFuture().cancel(true);
        };
        try {
            start(() -> failure(stop));
        } catch (RejectedExecutionException e) {
            // the server is shutting down: this thread has nothing else to do
            Throwable failure = failure(stop);
            if (failure != null) LOG.log(Level.DEBUG, name() + " could not be ended", failure);
        } catch (OutOfMemoryError e) {
            LOG.log(Level.ERROR, name() + " could not be told that it was ended", e);
        }
    }

    private void cancelTimer() {
        ScheduledFuture<?> known = timer;
        if (known != null) known.cancel(false);
    }
}
