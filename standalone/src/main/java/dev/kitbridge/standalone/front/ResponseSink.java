package dev.kitbridge.standalone.front;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes one response. A write that does not complete at once counts as buffered until the client has read it. */
final class ResponseSink implements Content.Sink {

    /** Write idle timeout of a client. */
    static final long STALL_SECONDS = 60;

    /** Bytes that the client must read in each second after that. */
    private static final long SLOWEST = 1024;

    private final Response response;
    private final RequestStream stream;
    private final BufferLimit buffers;
    private final long reserve;

    /** @param reserve bytes that the source of the response may hold while a write waits */
    ResponseSink(Response response, RequestStream stream, BufferLimit buffers, long reserve) {
        this.response = response;
        this.stream = stream;
        this.buffers = buffers;
        this.reserve = reserve;
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
        write(last, content, content.remaining(), callback);
    }

    /** Writes a buffer of the asset table, which takes no additional memory. */
    void writeShared(ByteBuffer content, Callback callback) {
        write(true, content, 0, callback);
    }

    private void write(boolean last, ByteBuffer content, int held, Callback callback) {
        Write write = new Write(held + reserve, content.remaining(), callback);
        response.write(last, content, write);
        write.await();
    }

    private enum State {
        BEGUN,
        WAITING,
        COMPLETE
    }

    private final class Write implements Callback, BufferLimit.Entry {

        private final long bytes;
        private final long size;
        private final Callback callback;
        private final AtomicReference<State> state = new AtomicReference<>(State.BEGUN);

        private volatile long since;

        Write(long bytes, long size, Callback callback) {
            this.bytes = bytes;
            this.size = size;
            this.callback = callback;
        }

        void await() {
            if (state.get() == State.COMPLETE) return;
            since = System.nanoTime();
            if (!state.compareAndSet(State.BEGUN, State.WAITING)) return;
            buffers.enter(this);
            // the write may have completed before it was added
            if (state.get() == State.COMPLETE) buffers.leave(this);
        }

        private void complete() {
            if (state.getAndSet(State.COMPLETE) == State.WAITING) buffers.leave(this);
        }

        @Override
        public void succeeded() {
            complete();
            callback.succeeded();
        }

        @Override
        public void failed(Throwable failure) {
            complete();
            callback.failed(failure);
        }

        @Override
        public InvocationType getInvocationType() {
            return callback.getInvocationType();
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public long since() {
            return since;
        }

        @Override
        public void look(long now) {
            long patience = STALL_SECONDS + size / SLOWEST;
            if (now - since > TimeUnit.SECONDS.toNanos(patience)) disconnect(DisconnectReason.SLOW);
        }

        @Override
        public void disconnect(DisconnectReason reason) {
            buffers.leave(this);
            if (state.get() != State.COMPLETE) stream.disconnect(reason);
        }
    }
}
