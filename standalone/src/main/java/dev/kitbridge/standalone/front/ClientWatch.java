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
 * Detects that the client of an HTTP/1.1 request disconnects before the response is complete. Jetty does not read the
 * connection while it handles a request, so this class reads it if the response takes long. End of stream cancels the
 * request. Bytes of the next request are given back to Jetty. The class wraps the response's callback, so that it has
 * stopped reading when Jetty starts.
 */
final class ClientWatch implements Callback {

    /** Responses that are complete sooner are not watched. */
    private static final long PATIENCE_NANOS = 200_000_000L;

    private static final int PIECE = 4096;

    private enum State {
        /** No read interest is registered. */
        UNWATCHED,
        /** The end point calls when the connection is readable. */
        WATCHED,
        /** The end point has called; the connection is being read. */
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

    ClientWatch(
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
        // Jetty reads the connection until the body is complete
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
        connection.clientGone(new EofException("the client has disconnected"));
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
            // removes our interest: Jetty registers its own
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

    /** Called when bytes or the end of the stream can be read. */
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
