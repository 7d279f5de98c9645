package dev.kitbridge.adapters.jvm.run;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request's body, read chunk by chunk as it is wanted. */
final class RequestBody implements Flow.Publisher<ByteBuffer> {

    private final Request request;

    private volatile boolean complete;
    private volatile @Nullable Consumer<Throwable> failed;

    RequestBody(Request request) {
        this.request = request;
    }

    /** Whether all of it was read. */
    boolean isComplete() {
        return complete;
    }

    /** Called if the client does not send all of it. */
    void onFailure(Consumer<Throwable> action) {
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
                Consumer<Throwable> action = failed;
                if (action != null) action.accept(chunk.getFailure());
                if (ended.compareAndSet(false, true)) subscriber.onError(chunk.getFailure());
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
