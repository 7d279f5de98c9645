package dev.kitbridge.standalone.front;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes one answer. A write that does not complete at once counts as backlog until the client has taken it. */
final class Outgoing implements Content.Sink {

    /** Write idle timeout of a client. */
    static final long STALL_SECONDS = 60;

    /** Bytes that it must take in each second after that. */
    private static final long SLOWEST = 1024;

    private final Response response;
    private final RequestStream stream;
    private final Backlog backlog;
    private final long reserve;

    /** @param reserve bytes that the answer's source may hold while a write waits */
    Outgoing(Response response, RequestStream stream, Backlog backlog, long reserve) {
        this.response = response;
        this.stream = stream;
        this.backlog = backlog;
        this.reserve = reserve;
    }

    @Override
    public void write(boolean last, ByteBuffer content, Callback callback) {
        write(last, content, content.remaining(), callback);
    }

    /** Writes a buffer that belongs to the asset table, and costs no memory. */
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

    private final class Write implements Callback, Backlog.Entry {

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
            backlog.enter(this);
            // it may have completed before it was entered
            if (state.get() == State.COMPLETE) backlog.leave(this);
        }

        private void complete() {
            if (state.getAndSet(State.COMPLETE) == State.WAITING) backlog.leave(this);
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
            if (now - since > TimeUnit.SECONDS.toNanos(patience)) cut(Cut.SLOW);
        }

        @Override
        public void cut(Cut reason) {
            backlog.leave(this);
            if (state.get() != State.COMPLETE) stream.cut(reason);
        }
    }
}
