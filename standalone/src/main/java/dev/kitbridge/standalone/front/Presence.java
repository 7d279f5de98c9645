package dev.kitbridge.standalone.front;

import dev.kitbridge.standalone.jetty.Http1Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the client of a request goes away while the request is being answered. HTTP/2 says so by itself; with
 * HTTP/1.1, Jetty reads nothing while a request is handled. Here the connection is read when the answer takes long: its
 * end cancels the request, and what came of the next request is given back to Jetty. It is the callback of the
 * response, so that nobody reads any more when Jetty does.
 */
final class Presence implements Callback {

    /** An answer that comes sooner costs nothing more. */
    private static final long PATIENCE_NANOS = 200_000_000L;

    private static final int PIECE = 4096;

    private enum State {
        /** Nothing is awaited yet, or again. */
        UNWATCHED,
        /** The end point will call. */
        WATCHED,
        /** It has called, and is read. */
        READING,
        /** The next request has begun to arrive, or the response is complete. */
        OVER
    }

    private final Http1Connection connection;
    private final AbstractEndPoint endPoint;
    private final @Nullable RequestBody body;
    private final Callback callback;
    private final Connections connections;
    private final long begun = System.nanoTime();
    private final ReentrantLock lock = new ReentrantLock();

    private State state = State.UNWATCHED;
    private @Nullable Runnable completion;

    Presence(
            Http1Connection connection,
            AbstractEndPoint endPoint,
            @Nullable RequestBody body,
            Callback callback,
            Connections connections) {
        this.connection = connection;
        this.endPoint = endPoint;
        this.body = body;
        this.callback = callback;
        this.connections = connections;
    }

    /** Called every 250 ms until the response is complete. */
    void look(long now) {
        if (now - begun < PATIENCE_NANOS) return;
        // until its body is read, the connection is Jetty's to read
        if (body != null && !body.isComplete()) return;
        lock.lock();
        try {
            if (state != State.UNWATCHED || !connection.isRequestBufferEmpty()) return;
            state = State.WATCHED;
            if (!endPoint.tryFillInterested(new Interest())) state = State.UNWATCHED;
        } finally {
            lock.unlock();
        }
    }

    private void read() {
        lock.lock();
        try {
            if (state != State.WATCHED) return;
            state = State.READING;
        } finally {
            lock.unlock();
        }
        ByteBuffer bytes = BufferUtil.allocate(PIECE);
        int count;
        try {
            count = endPoint.fill(bytes);
        } catch (IOException e) {
            count = -1;
        }
        if (count < 0) {
            connection.getConnector().getExecutor().execute(this::gone);
            return;
        }
        if (count > 0) connection.unread(bytes);
        settle(count == 0 ? State.UNWATCHED : State.OVER);
    }

    private void gone() {
        connection.clientGone(new EofException("the client has gone away"));
        settle(State.OVER);
    }

    private void settle(State next) {
        Runnable waiting;
        lock.lock();
        try {
            waiting = completion;
            state = next;
        } finally {
            lock.unlock();
        }
        if (waiting != null) waiting.run();
    }

    private void complete(Runnable completed) {
        connections.forget(this);
        lock.lock();
        try {
            if (state == State.READING) {
                completion = completed;
                return;
            }
            boolean watched = state == State.WATCHED;
            state = State.OVER;
            // takes our interest away, so that Jetty can have its own
            if (watched) endPoint.getFillInterest().fillable();
        } finally {
            lock.unlock();
        }
        completed.run();
    }

    @Override
    public void succeeded() {
        complete(callback::succeeded);
    }

    @Override
    public void failed(Throwable failure) {
        complete(() -> callback.failed(failure));
    }

    @Override
    public InvocationType getInvocationType() {
        return callback.getInvocationType();
    }

    /** There is something to read, or nothing any more. */
    private final class Interest implements Callback {
        @Override
        public void succeeded() {
            read();
        }

        @Override
        public void failed(Throwable failure) {
            read();
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }
}
