package dev.kitbridge.adapters.jvm.run;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request's body, read chunk by chunk as it is wanted. */
final class RequestBody implements Flow.Publisher<ByteBuffer> {

    private final Request request;

    private volatile boolean complete;
    private volatile @Nullable Runnable failed;

    RequestBody(Request request) {
        this.request = request;
    }

    /** Whether all of it was read. */
    boolean isComplete() {
        return complete;
    }

    /** Called if the client does not send all of it. */
    void onFailure(Runnable action) {
        failed = action;
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
            if (ended.get()) return;
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                if (ended.compareAndSet(false, true)) subscriber.onError(chunk.getFailure());
                Runnable action = failed;
                if (action != null) action.run();
                return;
            }
            boolean last = chunk.isLast();
            ByteBuffer copy = ByteBuffer.allocate(chunk.remaining());
            copy.put(chunk.getByteBuffer()).flip();
            chunk.release();
            if (last) {
                complete = true;
                ended.set(true);
            }
            // asked before the subscriber uses it up
            boolean empty = !copy.hasRemaining();
            if (!empty) subscriber.onNext(copy);
            if (last) subscriber.onComplete();
            else if (empty) run();
        }

        @Override
        public void cancel() {
            ended.set(true);
        }
    }
}
