package dev.kitbridge.server.internal;

import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The buffers of a body on their way to one subscriber, in order and on one thread at a time. */
public abstract class BufferQueue implements Flow.Publisher<ByteBuffer>, Flow.Subscription {

    private static final System.Logger LOG = System.getLogger(BufferQueue.class.getName());

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<ByteBuffer> waiting = new ArrayDeque<>();

    private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
    private long demand;
    private boolean delivering;
    /** Whether the source has no more buffers. */
    private boolean complete;
    /** Whether the subscriber gets no further signal. */
    private boolean ended;

    private @Nullable Throwable error;

    /** Called before a buffer is delivered. */
    protected void delivers(int bytes) {}

    /** Called when the subscriber has demand, and no buffer waits. */
    protected void starves() {}

    /** Called when the subscriber cancels before the source has ended. */
    protected abstract void cancelled();

    /** Adds a buffer. */
    protected final void add(ByteBuffer buffer) {
        lock.lock();
        try {
            if (!ended) waiting.add(buffer);
        } finally {
            lock.unlock();
        }
        deliver();
    }

    /** Ends the body after the buffers that wait; with an error if it is incomplete. */
    public final void end(@Nullable Throwable cause) {
        lock.lock();
        try {
            complete = true;
            error = cause;
        } finally {
            lock.unlock();
        }
        deliver();
    }

    /** Returns whether the source has ended. */
    protected final boolean isComplete() {
        return complete;
    }

    @Override
    public final void subscribe(Flow.Subscriber<? super ByteBuffer> reader) {
        lock.lock();
        try {
            if (subscriber != null) throw new IllegalStateException("the body has a subscriber already; expected one");
            subscriber = reader;
        } finally {
            lock.unlock();
        }
        reader.onSubscribe(this);
    }

    @Override
    public final void request(long n) {
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
    public final void cancel() {
        lock.lock();
        try {
            if (ended) return;
            ended = true;
            waiting.clear();
            if (complete) return; // the source has nothing more to send
        } finally {
            lock.unlock();
        }
        cancelled();
    }

    /**
     * Delivers buffers on one thread at a time. A second thread returns at once: the first delivers its buffers too.
     */
    private void deliver() {
        while (true) {
            Flow.Subscriber<? super ByteBuffer> to;
            ByteBuffer next = null;
            boolean starves;
            lock.lock();
            try {
                to = subscriber;
                if (delivering || ended || to == null) return;
                boolean empty = waiting.isEmpty();
                starves = empty && !complete;
                if (demand == 0 && !(empty && complete)) return;
                if (!starves) {
                    next = empty ? null : waiting.remove();
                    if (next == null) ended = true;
                    else demand--;
                    delivering = true;
                }
            } finally {
                lock.unlock();
            }
            if (starves) {
                starves();
                return;
            }
            signal(to, next);
            lock.lock();
            try {
                delivering = false;
            } finally {
                lock.unlock();
            }
        }
    }

    /** @param next null for the end */
    private void signal(Flow.Subscriber<? super ByteBuffer> to, @Nullable ByteBuffer next) {
        try {
            if (next != null) {
                delivers(next.remaining());
                to.onNext(next);
            } else if (error == null) {
                to.onComplete();
            } else {
                to.onError(error);
            }
        } catch (RuntimeException | Error e) {
            // the subscriber failed, not the source
            LOG.log(Level.WARNING, "A response body could not be delivered", e);
            cancel();
            fail(to, e);
        }
    }

    /** Notifies a subscriber that has failed: without this signal, it would never end its request. */
    private static void fail(Flow.Subscriber<? super ByteBuffer> to, Throwable failure) {
        try {
            to.onError(failure);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "The subscriber of a response body failed again, in onError", e);
        }
    }
}
