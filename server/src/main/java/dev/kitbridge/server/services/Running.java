package dev.kitbridge.server.services;

import dev.kitbridge.server.link.Frame;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** A call that is under way. It ends once, by whoever is first: its result, a failure, the clock, or its caller. */
final class Running {

    /** What a call needs of those around it. */
    interface Desk {
        void send(ByteBuffer frame);

        /** The call is over. */
        void remove(Running call);

        void execute(Runnable task);

        ScheduledFuture<?> after(long nanos, Runnable task);
    }

    /** Something to do on a thread of the call. */
    @FunctionalInterface
    interface Task {
        void run() throws Exception;
    }

    private static final long NEVER = Long.MAX_VALUE;

    private final Desk desk;
    private final int id;
    private final Scope scope;
    private final AtomicBoolean over = new AtomicBoolean();

    private volatile @Nullable PlatformServices services;
    private volatile @Nullable Operation operation;
    private volatile @Nullable FutureTask<?> task;
    private volatile @Nullable CompletionStage<?> stage;
    private volatile @Nullable Items items;
    private volatile @Nullable ScheduledFuture<?> timer;

    /** {@link System#nanoTime} at which it has taken too long; {@link #NEVER} while its caller is who takes time. */
    private volatile long deadline = NEVER;

    Running(Desk desk, int id, Scope scope) {
        this.desk = desk;
        this.id = id;
        this.scope = scope;
    }

    int id() {
        return id;
    }

    Scope scope() {
        return scope;
    }

    String name() {
        Operation known = operation;
        return known == null ? "a service" : known.name();
    }

    /** Carries it out, on another thread. */
    void begin(PlatformServices found, String service, String method, byte[] arguments) {
        services = found;
        Operation known;
        try {
            known = found.service(service).operation(method, arguments);
        } catch (Trouble.Refused e) {
            fail(e);
            return;
        }
        operation = known;
        arm();
        timer = desk.after(known.timeout().toNanos(), this::look);
        execute(() -> settle(known.invoke(arguments)));
        if (over.get()) release();
    }

    private void settle(@Nullable Object value) throws Exception {
        if (value instanceof CompletionStage<?> later) {
            stage = later;
            later.whenComplete((result, error) -> {
                if (error != null) fail(error);
                else
                    guarded(() -> scope.context().call(() -> {
                        give(result);
                        return true;
                    }));
            });
        } else {
            give(value);
        }
        if (over.get()) release();
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
        int largest = services == null
                ? Limits.DEFAULT.resultBytes()
                : services.limits().resultBytes();
        Operation known = operation;
        if (known == null) throw new IllegalStateException("no call has begun");
        return Values.write(known.writer(), value, largest, what + known.name());
    }

    /** Does something in the context of the call. */
    void execute(Task work) {
        FutureTask<?> made = new FutureTask<>(
                () -> guarded(() -> inContext(() -> {
                    work.run();
                    return true;
                })),
                null);
        task = made;
        try {
            desk.execute(made);
        } catch (RejectedExecutionException e) {
            fail(new Trouble.Refused(Trouble.LIMIT, "The server is shutting down"));
        }
    }

    private void inContext(Callable<?> work) throws Exception {
        PlatformServices known = services;
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader own = known == null ? null : known.loader();
        if (own != null) thread.setContextClassLoader(own);
        try {
            scope.context().call(work);
        } finally {
            if (own != null) thread.setContextClassLoader(before);
        }
    }

    /** Nothing that a service throws gets any further: other calls go on. */
    @SuppressWarnings("CatchingUnchecked")
    private void guarded(Task work) {
        try {
            work.run();
        } catch (Throwable e) {
            fail(e);
        }
    }

    /** From now on it is the service that takes time. */
    void arm() {
        Operation known = operation;
        if (known != null) deadline = System.nanoTime() + known.timeout().toNanos();
    }

    /** From now on it is the caller. */
    void disarm() {
        deadline = NEVER;
    }

    private void look() {
        Operation known = operation;
        if (over.get() || known == null) return;
        Duration timeout = known.timeout();
        long left = deadline == NEVER ? timeout.toNanos() : deadline - System.nanoTime();
        if (left > 0) {
            timer = desk.after(left, this::look);
            if (over.get()) release();
            return;
        }
        String text = known.name() + " took longer than " + TimeUnit.NANOSECONDS.toMillis(timeout.toNanos())
                + " ms and was ended; @PlatformService(timeout = ...) gives it more";
        abort(new Trouble(Trouble.TIMEOUT, text));
    }

    void send(ByteBuffer frame) {
        if (!over.get()) desk.send(frame);
    }

    /** Ends it with its last frame. */
    void finish(ByteBuffer last) {
        if (!over.compareAndSet(false, true)) return;
        desk.remove(this);
        desk.send(last);
        cancelTimer();
    }

    /** Ends it with a failure of the service. */
    void fail(Throwable error) {
        if (over.get()) return;
        PlatformServices known = services;
        Failures failures = known == null ? Failures.NONE_MAPPED : known.failures();
        abort(failures.of(error, name(), scope.context().requestId()));
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
        desk.remove(this);
        if (trouble != null) desk.send(Message.json(Message.ERROR, id, trouble.json()));
        release();
    }

    /** Whoever comes later than the end does it again. */
    private void release() {
        cancelTimer();
        Items flowing = items;
        if (flowing != null) flowing.cancel();
        CompletionStage<?> later = stage;
        if (later != null) cancel(later);
        FutureTask<?> known = task;
        if (known != null) known.cancel(true);
    }

    private void cancelTimer() {
        ScheduledFuture<?> known = timer;
        if (known != null) known.cancel(false);
    }

    private static void cancel(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().cancel(true);
        } catch (UnsupportedOperationException e) {
            // then it goes on, and nobody takes its result
        }
    }
}
