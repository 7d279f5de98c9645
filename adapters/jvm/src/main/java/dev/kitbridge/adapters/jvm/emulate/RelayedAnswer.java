package dev.kitbridge.adapters.jvm.emulate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Content;

/**
 * The body of Vite's response, for one subscriber.
 *
 * @param source the content
 */
record RelayedAnswer(Content.Source source) implements Flow.Publisher<ByteBuffer> {

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Reading(source, subscriber));
    }

    /** Reads while there is demand. */
    private static final class Reading implements Flow.Subscription, Runnable {

        private final Content.Source source;
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final AtomicLong wanted = new AtomicLong();

        private volatile boolean cancelled;

        Reading(Content.Source source, Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.source = source;
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            if (wanted.getAndAdd(n) == 0) run();
        }

        @Override
        public void run() {
            while (!cancelled) {
                Content.Chunk chunk = source.read();
                if (chunk == null) {
                    source.demand(this);
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    subscriber.onError(chunk.getFailure());
                    return;
                }
                ByteBuffer copy = ByteBuffer.allocate(chunk.remaining());
                copy.put(chunk.getByteBuffer()).flip();
                boolean last = chunk.isLast();
                chunk.release();
                boolean some = copy.hasRemaining();
                if (some) subscriber.onNext(copy);
                if (last) {
                    subscriber.onComplete();
                    return;
                }
                if (some && wanted.decrementAndGet() == 0) return;
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            source.fail(new IOException("the subscriber has cancelled"));
        }
    }
}
