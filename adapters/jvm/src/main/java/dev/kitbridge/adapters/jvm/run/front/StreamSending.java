package dev.kitbridge.adapters.jvm.run.front;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Writes a body as it comes: the next piece is asked for when the client has taken the last. */
final class StreamSending implements Flow.Subscriber<ByteBuffer> {

    private final Response response;
    private final Callback callback;

    private final AtomicBoolean ended = new AtomicBoolean();

    private Flow.@Nullable Subscription subscription;

    StreamSending(Response response, Callback callback) {
        this.response = response;
        this.callback = callback;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        // the head goes at once, whatever time the first byte of the body takes
        response.write(false, BufferUtil.EMPTY_BUFFER, next());
    }

    private Callback next() {
        Flow.Subscription source = java.util.Objects.requireNonNull(subscription);
        return Callback.from(() -> source.request(1), this::cancel);
    }

    /** The client takes nothing more. */
    void cancel(Throwable failure) {
        Flow.Subscription source = subscription;
        if (source != null) source.cancel();
        end(() -> callback.failed(failure));
    }

    private void end(Runnable last) {
        if (ended.compareAndSet(false, true)) last.run();
    }

    @Override
    public void onNext(ByteBuffer content) {
        response.write(false, content, next());
    }

    @Override
    public void onError(Throwable error) {
        end(() -> callback.failed(error));
    }

    @Override
    public void onComplete() {
        end(() -> response.write(true, BufferUtil.EMPTY_BUFFER, callback));
    }
}
