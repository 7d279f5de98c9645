package dev.kitbridge.adapters.jvm.run.front;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request's body, read chunk by chunk as it is wanted. */
final class RequestBody implements Flow.Publisher<ByteBuffer> {

    private final Request request;

    private volatile boolean complete;
    private volatile @Nullable Consumer<Throwable> failed;
    private volatile @Nullable Throwable failure;

    private final ReentrantLock lock = new ReentrantLock();
    /** Jetty will call when there is more. */
    private boolean demanded;

    private @Nullable Runnable drained;

    RequestBody(Request request) {
        this.request = request;
    }

    /** Whether all of it was read. */
    boolean isComplete() {
        return complete;
    }

    /** Why the client did not send all of it, or null. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Called if the client does not send all of it. */
    void onFailure(Consumer<Throwable> action) {
        failed = action;
        Throwable earlier = failure;
        if (earlier != null) action.accept(earlier);
    }

    /**
     * Reads and forgets what nobody reads any more, so that the connection can be used again.
     *
     * @param then called at its end
     */
    void drain(Runnable then) {
        lock.lock();
        try {
            if (demanded) {
                drained = then;
                return;
            }
        } finally {
            lock.unlock();
        }
        discard(then);
    }

    private void discard(Runnable then) {
        for (Content.Chunk chunk = request.read(); ; chunk = request.read()) {
            if (chunk == null) {
                request.demand(() -> discard(then));
                return;
            }
            chunk.release();
            if (Content.Chunk.isFailure(chunk) || chunk.isLast()) {
                then.run();
                return;
            }
        }
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Reading(subscriber));
    }

    /** One chunk for each one asked for; asks for one at a time suffice here. */
    private final class Reading implements Flow.Subscription, Runnable {

        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final AtomicBoolean ended = new AtomicBoolean();

        Reading(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            run();
        }

        @Override
        public void run() {
            Content.Chunk chunk = null;
            Runnable last = null;
            lock.lock();
            try {
                demanded = false;
                if (ended.get()) {
                    last = drained;
                    if (last == null) return;
                } else {
                    chunk = request.read();
                    demanded = chunk == null;
                }
            } finally {
                lock.unlock();
            }
            if (last != null) {
                discard(last);
                return;
            }
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                failure = chunk.getFailure();
                Consumer<Throwable> action = failed;
                if (action != null) action.accept(chunk.getFailure());
                if (ended.compareAndSet(false, true)) subscriber.onError(chunk.getFailure());
                return;
            }
            boolean end = chunk.isLast();
            ByteBuffer copy = ByteBuffer.allocate(chunk.remaining());
            copy.put(chunk.getByteBuffer()).flip();
            chunk.release();
            if (end) {
                complete = true;
                ended.set(true);
            }
            // the subscriber takes what is in it
            boolean empty = !copy.hasRemaining();
            if (!empty) subscriber.onNext(copy);
            if (end) subscriber.onComplete();
            else if (empty) run();
        }

        @Override
        public void cancel() {
            ended.set(true);
        }
    }
}
