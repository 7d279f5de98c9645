package dev.kitbridge.server.internal.cache;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Collects a body up to a limit of size and time; a longer one is passed on from its beginning. */
final class Collecting implements Flow.Subscriber<ByteBuffer>, Flow.Publisher<ByteBuffer>, Flow.Subscription {

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
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<ByteBuffer> chunks = new ArrayDeque<>();

    private Flow.@Nullable Subscription source;
    private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
    private int size;
    private long demand;
    /** Whether the outcome has been reported. */
    private boolean decided;
    /** Whether a requested buffer has not arrived yet. */
    private boolean requested;

    private boolean complete;
    private @Nullable Throwable failure;
    private boolean delivering;
    private boolean ended;

    /** @param limit in bytes */
    Collecting(int limit, Outcome outcome) {
        this.limit = limit;
        this.outcome = outcome;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source = subscription;
        requested = true;
        subscription.request(1);
    }

    @Override
    public void onNext(ByteBuffer buffer) {
        boolean exceeded = false;
        boolean more = false;
        lock.lock();
        try {
            requested = false;
            chunks.add(buffer);
            size += buffer.remaining();
            if (!decided) {
                exceeded = size > limit;
                decided = exceeded;
                more = !exceeded;
                requested = more;
            }
        } finally {
            lock.unlock();
        }
        if (more && source != null) source.request(1);
        else if (exceeded) outcome.unfinished(this);
        else deliver();
    }

    @Override
    public void onComplete() {
        end(null);
    }

    @Override
    public void onError(Throwable error) {
        end(error);
    }

    private void end(@Nullable Throwable error) {
        boolean first;
        lock.lock();
        try {
            complete = true;
            failure = error;
            first = !decided;
            decided = true;
        } finally {
            lock.unlock();
        }
        if (!first) deliver();
        else if (error != null) outcome.failed(error);
        else outcome.whole(joined());
    }

    private ByteBuffer joined() {
        ByteBuffer whole = ByteBuffer.allocate(size);
        chunks.forEach(whole::put);
        return whole.flip();
    }

    /** Passes the body on if it is not complete yet. */
    void stop() {
        lock.lock();
        try {
            if (decided) return;
            decided = true;
        } finally {
            lock.unlock();
        }
        outcome.unfinished(this);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> to) {
        lock.lock();
        try {
            if (subscriber != null) throw new IllegalStateException("the body has a subscriber already; expected one");
            subscriber = to;
        } finally {
            lock.unlock();
        }
        to.onSubscribe(this);
        deliver();
    }

    @Override
    public void request(long n) {
        if (n <= 0) throw new IllegalArgumentException(n + " buffers requested; expected a positive number");
        lock.lock();
        try {
            demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
        } finally {
            lock.unlock();
        }
        deliver();
    }

    @Override
    public void cancel() {
        lock.lock();
        try {
            if (ended) return;
            ended = true;
            chunks.clear();
        } finally {
            lock.unlock();
        }
        if (source != null) source.cancel();
    }

    /** Delivers buffers on one thread at a time, and requests the next one when the queue is empty. */
    private void deliver() {
        while (true) {
            Flow.Subscriber<? super ByteBuffer> to;
            ByteBuffer next;
            boolean last;
            lock.lock();
            try {
                to = subscriber;
                if (delivering || ended || to == null) return;
                last = chunks.isEmpty() && complete;
                if (!last && (demand == 0 || (chunks.isEmpty() && requested))) return;
                next = chunks.poll();
                if (next != null) demand--;
                else if (last) ended = true;
                else requested = true;
                delivering = true;
            } finally {
                lock.unlock();
            }
            if (next != null) to.onNext(next);
            else if (!last) request();
            else if (failure == null) to.onComplete();
            else to.onError(failure);
            lock.lock();
            try {
                delivering = false;
            } finally {
                lock.unlock();
            }
        }
    }

    private void request() {
        if (source != null) source.request(1);
    }
}
