package dev.kitbridge.standalone.front;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** A request's body, read as the app demands it, with a deadline. */
final class RequestBody implements Flow.Publisher<ByteBuffer>, BufferLimit.Entry {

    /** Time for the rest of a body after the response: nginx's {@code lingering_time}. */
    private static final Duration DRAIN = Duration.ofSeconds(30);

    /** As much as Jetty reads from a connection at a time. */
    private static final int PART_BYTES = 16 * 1024;

    private final Request request;
    private final RequestStream stream;

    private volatile boolean complete;
    private volatile boolean ended;
    private volatile @Nullable Consumer<Throwable> failed;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Reading reading;

    /** By {@link System#nanoTime}. */
    private volatile long deadline;

    private volatile long lastRead;

    private final ReentrantLock lock = new ReentrantLock();
    /** Jetty calls when more has arrived. */
    private boolean demanded;

    private @Nullable Callback drained;

    /** @param limit for the whole request; zero for none */
    RequestBody(Request request, RequestStream stream, Duration limit) {
        this.request = request;
        this.stream = stream;
        this.lastRead = request.getBeginNanoTime();
        // never reached, and its difference to any time does not overflow
        this.deadline = lastRead + (limit.isZero() ? Long.MAX_VALUE / 2 : limit.toNanos());
    }

    /** Returns whether no more of it is expected. */
    boolean isOver() {
        return ended || complete;
    }

    @Override
    public long bytes() {
        return stream.unread();
    }

    @Override
    public long since() {
        return lastRead;
    }

    @Override
    public void look(long now) {
        if (now - deadline > 0) expire();
    }

    private void expire() {
        Callback rest;
        lock.lock();
        try {
            rest = drained;
            drained = null;
            ended = true;
        } finally {
            lock.unlock();
        }
        if (rest != null) {
            // the response is complete: Jetty would let an HTTP/2 stream stay half open
            stream.disconnect(DisconnectReason.UNREAD);
            rest.failed(new TimeoutException("the client did not stop sending"));
            return;
        }
        DisconnectReason.BODY.record(stream.client());
        fail(new HttpException.RuntimeException(408, "the request did not arrive within REQUEST_TIMEOUT"));
    }

    @Override
    public void disconnect(DisconnectReason reason) {
        stream.disconnect(reason);
        ended = true;
        // Jetty does not tell the request that its stream was reset from here
        fail(new EofException("the client is disconnected"));
    }

    private void fail(Throwable cause) {
        failure = cause;
        Consumer<Throwable> action = failed;
        if (action != null) action.accept(cause);
        Reading reader = reading;
        if (reader != null) reader.fail(cause);
    }

    /** Returns whether all of it was read. */
    boolean isComplete() {
        return complete;
    }

    /** Returns why the client did not send all of it, or null. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Registers an action for the case that the client does not send all of it. */
    void onFailure(Consumer<Throwable> action) {
        failed = action;
        Throwable earlier = failure;
        if (earlier != null) action.accept(earlier);
    }

    /**
     * Discards the rest of the body, so that the connection can be reused; for a limited time.
     *
     * @param then succeeds at the body's end, fails if that does not come in time
     */
    void drain(Callback then) {
        long end = System.nanoTime() + DRAIN.toNanos();
        if (end - deadline < 0) deadline = end;
        lock.lock();
        try {
            drained = then;
            if (demanded) return;
        } finally {
            lock.unlock();
        }
        discard();
    }

    private void discard() {
        while (!ended) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this::discard);
                return;
            }
            chunk.release();
            if (Content.Chunk.isFailure(chunk) || chunk.isLast()) {
                finish();
                return;
            }
        }
    }

    private void finish() {
        Callback then;
        lock.lock();
        try {
            then = drained;
            drained = null;
            ended = true;
        } finally {
            lock.unlock();
        }
        if (then != null) then.succeeded();
    }

    /** Stops reading: the request has failed. */
    void close() {
        ended = true;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        Reading reader = new Reading(subscriber);
        reading = reader;
        subscriber.onSubscribe(reader);
    }

    /**
     * A part of the body.
     *
     * @param failure why the client cannot send more, or null
     */
    private record Part(ByteBuffer content, boolean last, @Nullable Throwable failure) {}

    /**
     * Reads what has arrived, up to {@link #PART_BYTES}: the app would otherwise get each byte of a client that sends
     * chunks of one byte in a message of its own.
     *
     * @return null if nothing has arrived
     */
    private @Nullable Part read() {
        Content.Chunk chunk = request.read();
        if (chunk == null) return null;
        ByteBuffer content = ByteBuffer.allocate(chunk.remaining());
        while (chunk != null && !Content.Chunk.isFailure(chunk)) {
            if (content.remaining() < chunk.remaining()) content = larger(content, chunk.remaining());
            content.put(chunk.getByteBuffer());
            chunk.release();
            if (chunk.isLast()) return new Part(content.flip(), true, null);
            chunk = content.position() < PART_BYTES ? request.read() : null;
        }
        return new Part(content.flip(), false, chunk == null ? null : chunk.getFailure());
    }

    private static ByteBuffer larger(ByteBuffer content, int more) {
        int capacity = Math.max(2 * content.capacity(), content.position() + more);
        return ByteBuffer.allocate(capacity).put(content.flip());
    }

    /** Delivers one part for each request; the subscriber requests one at a time. */
    private final class Reading implements Flow.Subscription, Runnable {

        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final AtomicBoolean stopped = new AtomicBoolean();

        Reading(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            run();
        }

        @Override
        public void run() {
            Part part = null;
            boolean draining = false;
            lock.lock();
            try {
                demanded = false;
                if (stopped.get()) {
                    draining = drained != null;
                    if (!draining) return;
                } else {
                    part = read();
                    demanded = part == null;
                }
            } finally {
                lock.unlock();
            }
            if (draining) {
                discard();
                return;
            }
            if (part == null) {
                request.demand(this);
                return;
            }
            if (part.failure() != null) {
                RequestBody.this.fail(part.failure());
                return;
            }
            lastRead = System.nanoTime();
            if (part.last()) {
                complete = true;
                stopped.set(true);
            }
            boolean empty = !part.content().hasRemaining();
            // the subscriber changes the buffer's position
            if (!empty) subscriber.onNext(part.content());
            if (part.last()) subscriber.onComplete();
            else if (empty) run();
        }

        void fail(Throwable cause) {
            if (stopped.compareAndSet(false, true)) subscriber.onError(cause);
        }

        @Override
        public void cancel() {
            stopped.set(true);
        }
    }
}
