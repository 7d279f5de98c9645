package dev.kitbridge.adapters.jvm.run;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * A request's body, read chunk by chunk as it is wanted.
 *
 * @param request whose
 */
record RequestBody(Request request) implements Flow.Publisher<ByteBuffer> {

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Reading(request, subscriber));
    }

    /** One chunk for each one asked for; asks for one at a time suffice here. */
    private static final class Reading implements Flow.Subscription, Runnable {

        private final Request request;
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final AtomicBoolean ended = new AtomicBoolean();

        Reading(Request request, Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.request = request;
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
                return;
            }
            boolean last = chunk.isLast();
            ByteBuffer copy = ByteBuffer.allocate(chunk.remaining());
            copy.put(chunk.getByteBuffer()).flip();
            chunk.release();
            if (last) ended.set(true);
            if (copy.hasRemaining()) subscriber.onNext(copy);
            if (last) subscriber.onComplete();
            else if (!copy.hasRemaining()) run();
        }

        @Override
        public void cancel() {
            ended.set(true);
        }
    }
}
