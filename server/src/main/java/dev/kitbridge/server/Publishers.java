package dev.kitbridge.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Publishers of bodies that are in memory or in a file. */
final class Publishers {

    private static final int CHUNK = 64 * 1024;

    private Publishers() {}

    /**
     * One buffer.
     *
     * @param buffer belongs to the subscriber
     */
    record Once(ByteBuffer buffer) implements Flow.Publisher<ByteBuffer> {
        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            subscriber.onSubscribe(new Pull(subscriber) {
                @Override
                @Nullable
                ByteBuffer next() {
                    return buffer.hasRemaining() ? slice() : null;
                }

                private ByteBuffer slice() {
                    ByteBuffer all = buffer.slice();
                    buffer.position(buffer.limit());
                    return all;
                }
            });
        }
    }

    /**
     * A part of a file, read on demand.
     *
     * @param range the part
     */
    record OfFile(Body.FileRange range) implements Flow.Publisher<ByteBuffer> {
        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            subscriber.onSubscribe(new Pull(subscriber) {
                private @Nullable FileChannel channel;
                private long position = range.offset();
                private final long end = range.offset() + range.length();

                @Override
                @Nullable
                ByteBuffer next() throws IOException {
                    if (position >= end) return null;
                    if (channel == null) channel = FileChannel.open(range.path());
                    ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, end - position));
                    if (channel.read(chunk, position) < 0) {
                        throw new IOException(range.path() + " was truncated while the server runs");
                    }
                    position += chunk.position();
                    return chunk.flip();
                }

                @Override
                void close() throws IOException {
                    if (channel != null) channel.close();
                }
            });
        }
    }

    /** Cancels its subscription, so that the body is not rendered. */
    static final class Canceller implements Flow.Subscriber<ByteBuffer> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.cancel();
        }

        @Override
        public void onNext(ByteBuffer item) {}

        @Override
        public void onError(Throwable error) {}

        @Override
        public void onComplete() {}
    }

    /** Publishes one buffer for each requested one, on the thread that requests it. */
    private abstract static class Pull implements Flow.Subscription {

        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final ReentrantLock lock = new ReentrantLock();
        private long demand;
        private boolean delivering;
        private boolean ended;

        Pull(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        /** Returns the next buffer, or null at the end. */
        abstract @Nullable ByteBuffer next() throws IOException;

        void close() throws IOException {}

        @Override
        public void request(long n) {
            lock.lock();
            try {
                demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
                if (delivering) return; // requested within onNext
                delivering = true;
            } finally {
                lock.unlock();
            }
            while (takeDemand()) {
                try {
                    ByteBuffer buffer = next();
                    if (buffer == null) {
                        if (end()) subscriber.onComplete();
                        return;
                    }
                    subscriber.onNext(buffer);
                } catch (IOException e) {
                    if (end()) subscriber.onError(e);
                    return;
                }
            }
        }

        private boolean takeDemand() {
            lock.lock();
            try {
                if (ended || demand == 0) {
                    delivering = false;
                    return false;
                }
                demand--;
                return true;
            } finally {
                lock.unlock();
            }
        }

        private boolean end() {
            lock.lock();
            try {
                if (ended) return false;
                ended = true;
            } finally {
                lock.unlock();
            }
            try {
                close();
            } catch (IOException e) {
                // the file was read only: nothing is lost
            }
            return true;
        }

        @Override
        public void cancel() {
            end();
        }
    }
}
