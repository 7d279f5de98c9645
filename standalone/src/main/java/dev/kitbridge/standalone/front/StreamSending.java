package dev.kitbridge.standalone.front;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Streams a body: requests the next piece when the client has read the last one. {@code onComplete} needs no demand,
 * and may be called while the last piece is being written; Jetty accepts one write at a time.
 */
final class StreamSending implements Flow.Subscriber<ByteBuffer> {

    private enum State {
        /** A write is in progress. */
        WRITING,
        /** The last write is in progress. */
        COMPLETE,
        /** Waits for the next piece. */
        READY,
        ENDED
    }

    private final Content.Sink response;
    private final Callback callback;

    private final AtomicReference<State> state = new AtomicReference<>(State.WRITING);

    private Flow.@Nullable Subscription subscription;

    StreamSending(Content.Sink response, Callback callback) {
        this.response = response;
        this.callback = callback;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        // sends the head at once: the first byte of the body may take long
        response.write(false, BufferUtil.EMPTY_BUFFER, taken(subscription));
    }

    private Callback taken(Flow.Subscription source) {
        return Callback.from(
                () -> {
                    if (state.compareAndSet(State.WRITING, State.READY)) source.request(1);
                    else if (state.compareAndSet(State.COMPLETE, State.ENDED)) writeLast();
                },
                this::cancel);
    }

    /** Cancels the source: the client reads no more. */
    void cancel(Throwable failure) {
        Flow.Subscription source = subscription;
        if (source != null) source.cancel();
        fail(failure);
    }

    private void fail(Throwable failure) {
        if (state.getAndSet(State.ENDED) != State.ENDED) callback.failed(failure);
    }

    private void writeLast() {
        response.write(true, BufferUtil.EMPTY_BUFFER, callback);
    }

    @Override
    public void onNext(ByteBuffer content) {
        Flow.Subscription source = java.util.Objects.requireNonNull(subscription);
        if (!state.compareAndSet(State.READY, State.WRITING)) return;
        try {
            response.write(false, content, taken(source));
        } catch (RuntimeException | Error e) {
            // no other code would complete the exchange
            cancel(e);
        }
    }

    @Override
    public void onError(Throwable error) {
        fail(error);
    }

    @Override
    public void onComplete() {
        State before = state.getAndUpdate(now -> now == State.WRITING ? State.COMPLETE : State.ENDED);
        if (before == State.READY) writeLast();
    }
}
