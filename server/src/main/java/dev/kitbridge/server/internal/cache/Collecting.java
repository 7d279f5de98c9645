package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.internal.BufferQueue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Collects a body up to a limit of size and time; a longer one is passed on from its beginning. */
final class Collecting extends BufferQueue implements Flow.Subscriber<ByteBuffer> {

    /** Receives exactly one call. */
    interface Outcome {
        /** The body is complete. */
        void whole(ByteBuffer body);

        /** The body exceeds a limit; it has to be subscribed to, or discarded. */
        void unfinished(Flow.Publisher<ByteBuffer> body);

        /** The body is incomplete. */
        void failed(Throwable failure);
    }

    private final int limit;
    private final Outcome outcome;

    /** The buffers of the queue, while the outcome is open; used on the source's thread. */
    private final List<ByteBuffer> collected = new ArrayList<>();

    private int size;

    /** Completed when the outcome is called. */
    private final CompletableFuture<@Nullable Void> decided = new CompletableFuture<>();

    /** Whether a requested buffer has not arrived yet. */
    private final AtomicBoolean requested = new AtomicBoolean();

    private Flow.@Nullable Subscription source;

    /** @param limit in bytes */
    Collecting(int limit, Outcome outcome) {
        this.limit = limit;
        this.outcome = outcome;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source = subscription;
        starves();
    }

    @Override
    public void onNext(ByteBuffer buffer) {
        requested.set(false);
        size += buffer.remaining();
        if (!decided.isDone()) collected.add(buffer.duplicate());
        add(buffer);
        if (decided.isDone()) return;
        if (size <= limit) starves();
        else stop();
    }

    @Override
    public void onComplete() {
        if (decided.complete(null)) outcome.whole(joined());
        else end(null);
    }

    @Override
    public void onError(Throwable error) {
        if (decided.complete(null)) outcome.failed(error);
        else end(error);
    }

    private ByteBuffer joined() {
        if (collected.size() == 1) return collected.get(0);
        ByteBuffer whole = ByteBuffer.allocate(size);
        collected.forEach(whole::put);
        return whole.flip();
    }

    /**
     * Passes the body on if it is not complete after a time. A body that is complete earlier leaves no timer behind.
     */
    void stopAfter(long seconds) {
        decided.orTimeout(seconds, TimeUnit.SECONDS).exceptionallyAsync(late -> {
            outcome.unfinished(this);
            return null;
        });
    }

    /** Passes the body on if it is not complete yet. */
    void stop() {
        if (decided.complete(null)) outcome.unfinished(this);
    }

    /** Requests the next buffer. */
    @Override
    protected void starves() {
        if (source != null && requested.compareAndSet(false, true)) source.request(1);
    }

    @Override
    protected void cancelled() {
        if (source != null) source.cancel();
    }
}
