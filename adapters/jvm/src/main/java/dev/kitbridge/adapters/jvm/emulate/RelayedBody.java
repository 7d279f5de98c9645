package dev.kitbridge.adapters.jvm.emulate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.io.content.AsyncContent;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Passes a request's body on to Vite, up to the product's limit. */
@SuppressWarnings("NullAway.Init")
final class RelayedBody extends AsyncContent implements Request.Content, Flow.Subscriber<ByteBuffer> {

    private final long length;
    private final long limit;
    private final Runnable tooLarge;

    private Flow.Subscription subscription;
    private long seen;

    /**
     * @param length length in bytes; -1 if unknown
     * @param limit limit in bytes
     * @param tooLarge called if the body is larger
     */
    RelayedBody(Flow.Publisher<ByteBuffer> body, long length, long limit, Runnable tooLarge) {
        this.length = length;
        this.limit = limit;
        this.tooLarge = tooLarge;
        body.subscribe(this);
    }

    @Override
    public long getLength() {
        return length;
    }

    @Override
    public @Nullable String getContentType() {
        return null;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(ByteBuffer chunk) {
        seen += chunk.remaining();
        if (seen > limit) {
            subscription.cancel();
            tooLarge.run();
            fail(new IOException("the body is too large"));
            return;
        }
        write(false, chunk, Callback.from(() -> subscription.request(1), failure -> subscription.cancel()));
    }

    @Override
    public void onError(Throwable failure) {
        fail(failure);
    }

    @Override
    public void onComplete() {
        close();
    }
}
