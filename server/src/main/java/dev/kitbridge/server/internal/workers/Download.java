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

/** A response's body from the worker. It buffers at most the link's window until the subscriber requests it. */
final class Download implements Flow.Publisher<ByteBuffer>, Flow.Subscription {

    private static final System.Logger LOG = System.getLogger(Download.class.getName());

    private final int id;
    private final Link link;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<ByteBuffer> waiting = new ArrayDeque<>();

    private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
    private long wanted;
    private int taken;
    private boolean giving;
    private boolean complete;
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
        give();
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
        give();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        lock.lock();
        try {
            if (this.subscriber != null) throw new IllegalStateException("a body has one subscriber");
            this.subscriber = subscriber;
        } finally {
            lock.unlock();
        }
        subscriber.onSubscribe(this);
    }

    @Override
    public void request(long n) {
        if (n <= 0) throw new IllegalArgumentException("asked for " + n + " buffers");
        lock.lock();
        try {
            wanted = wanted + n < 0 ? Long.MAX_VALUE : wanted + n;
        } finally {
            lock.unlock();
        }
        give();
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
     * Delivers buffers on one thread at a time; another thread that calls it meanwhile leaves the work to the first.
     */
    private void give() {
        while (true) {
            Flow.Subscriber<? super ByteBuffer> to;
            ByteBuffer next;
            lock.lock();
            try {
                to = subscriber;
                if (giving || ended || to == null) return;
                boolean empty = waiting.isEmpty();
                if (empty ? !complete : wanted == 0) return;
                next = empty ? null : waiting.remove();
                if (next == null) ended = true;
                else wanted--;
                giving = true;
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
                tell(to, e);
            }
            lock.lock();
            try {
                giving = false;
            } finally {
                lock.unlock();
            }
        }
    }

    /** Notifies a subscriber that failed, so that it ends its exchange: nothing else would. */
    private static void tell(Flow.Subscriber<? super ByteBuffer> to, RuntimeException failure) {
        try {
            to.onError(failure);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A subscriber of a response's body failed twice", e);
        }
    }

    private void finish(Flow.Subscriber<? super ByteBuffer> to) {
        if (error == null) to.onComplete();
        else to.onError(error);
    }

    /** Gives credit for half a window at a time, to save frames. */
    private void credit(int bytes) {
        taken += bytes;
        if (taken < Frame.WINDOW / 2 || complete) return;
        link.send(Frame.number(Frame.CREDIT, id, taken));
        taken = 0;
    }
}
