package dev.kitbridge.standalone.front;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Writes a body as it comes: the next piece is asked for when the client has taken the last. That a body is complete
 * nobody asks for, and may be heard before the client has taken its last piece; Jetty takes one write at a time.
 */
final class StreamSending implements Flow.Subscriber<ByteBuffer> {

    private enum State {
        /** The client has not taken yet what was written. */
        WRITING,
        /** Nor will more be written. */
        COMPLETE,
        /** The next piece can be written. */
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
        // the head goes at once, whatever time the first byte of the body takes
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

    /** The client takes nothing more. */
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
        } catch (RuntimeException e) {
            // nobody else ends the exchange
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
