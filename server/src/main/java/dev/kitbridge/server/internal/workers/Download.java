package dev.kitbridge.server.internal.workers;

import dev.kitbridge.server.internal.link.Frame;
import dev.kitbridge.server.internal.link.Link;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A response's body from a worker. Buffers at most the link's window until the subscriber requests it. */
final class Download implements Flow.Publisher<ByteBuffer>, Flow.Subscription {

    private static final System.Logger LOG = System.getLogger(Download.class.getName());

    private final int id;
    private final Link link;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<ByteBuffer> waiting = new ArrayDeque<>();

    private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
    private long demand;
    /** Bytes that were delivered since the last credit. */
    private int delivered;

    private boolean delivering;
    /** Whether the worker has sent the last frame of the body. */
    private boolean complete;
    /** Whether the subscriber gets no further signal. */
    private boolean ended;

    private @Nullable Throwable error;

    Download(int id, Link link) {
        this.id = id;
        this.link = link;
    }

    /** Called on the link's thread. */
    void data(ByteBuffer payload) {
        byte[] content = new byte[payload.remaining()];
        payload.get(content);
        lock.lock();
        try {
            if (!ended) waiting.add(ByteBuffer.wrap(content));
        } finally {
            lock.unlock();
        }
        deliver();
    }

    /** Called on the link's thread. */
    void end(@Nullable Throwable cause) {
        lock.lock();
        try {
            complete = true;
            error = cause;
        } finally {
            lock.unlock();
        }
        deliver();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        lock.lock();
        try {
            if (this.subscriber != null)
                throw new IllegalStateException("the body has a subscriber already; expected one");
            this.subscriber = subscriber;
        } finally {
            lock.unlock();
        }
        subscriber.onSubscribe(this);
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
            waiting.clear();
            if (complete) return; // the worker has nothing more to send
        } finally {
            lock.unlock();
        }
        link.send(Frame.empty(Frame.CANCEL, id));
    }

    /**
     * Delivers buffers on one thread at a time. A second thread returns at once: the first delivers its buffers too.
     */
    private void deliver() {
        while (true) {
            Flow.Subscriber<? super ByteBuffer> to;
            ByteBuffer next;
            lock.lock();
            try {
                to = subscriber;
                if (delivering || ended || to == null) return;
                boolean empty = waiting.isEmpty();
                if (empty ? !complete : demand == 0) return;
                next = empty ? null : waiting.remove();
                if (next == null) ended = true;
                else demand--;
                delivering = true;
            } finally {
                lock.unlock();
            }
            try {
                if (next == null) finish(to);
                else {
                    credit(next.remaining());
                    to.onNext(next);
                }
            } catch (RuntimeException e) {
                // the subscriber failed, not the worker
                LOG.log(Level.WARNING, "A response body could not be delivered", e);
                cancel();
                fail(to, e);
            }
            lock.lock();
            try {
                delivering = false;
            } finally {
                lock.unlock();
            }
        }
    }

    /** Notifies a subscriber that has failed: without this signal, it would never end its request. */
    private static void fail(Flow.Subscriber<? super ByteBuffer> to, RuntimeException failure) {
        try {
            to.onError(failure);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The subscriber of a response body failed again, in onError", e);
        }
    }

    private void finish(Flow.Subscriber<? super ByteBuffer> to) {
        if (error == null) to.onComplete();
        else to.onError(error);
    }

    /** Sends credit for half a window at a time, to save frames. */
    private void credit(int bytes) {
        delivered += bytes;
        if (delivered < Frame.WINDOW / 2 || complete) return;
        link.send(Frame.number(Frame.CREDIT, id, delivered));
        delivered = 0;
    }
}
