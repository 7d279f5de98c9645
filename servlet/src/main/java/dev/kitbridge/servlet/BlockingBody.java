package dev.kitbridge.servlet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** The body of a request that is answered on its own thread, which reads what the app demands. */
final class BlockingBody implements Flow.Publisher<ByteBuffer>, Flow.Subscription {

    private static final int CHUNK = 16 * 1024;

    private enum Event {
        DEMAND,
        CANCELLED,
        ANSWERED
    }

    private final InputStream input;
    private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;

    BlockingBody(InputStream input) {
        this.input = input;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> reader) {
        subscriber = reader;
        reader.onSubscribe(this);
    }

    @Override
    public void request(long n) {
        // the app demands few buffers at a time
        for (long i = 0; i < Math.min(n, 1024); i++) events.add(Event.DEMAND);
    }

    @Override
    public void cancel() {
        events.add(Event.CANCELLED);
    }

    /**
     * Reads on the current thread until the body is complete. Discards all bytes that the app does not need, since a
     * client may read the response only after it has sent the body.
     */
    void transfer(CompletableFuture<?> answer) throws IOException {
        answer.whenComplete((found, error) -> events.add(Event.ANSWERED));
        Flow.Subscriber<? super ByteBuffer> reader = null;
        try {
            byte[] buffer = new byte[CHUNK];
            Event event = events.take();
            // the app has subscribed before the first event, unless it answers without the body
            reader = subscriber;
            for (; event == Event.DEMAND && reader != null; event = events.take()) {
                int length = input.read(buffer);
                if (length < 0) {
                    reader.onComplete();
                    return;
                }
                reader.onNext(ByteBuffer.wrap(Arrays.copyOf(buffer, length)));
            }
            if (event == Event.ANSWERED && reader != null) {
                reader.onError(new IOException("a filter keeps the response until it is complete, so that the app has"
                        + " to read the body before it responds"));
            }
            long left = RequestBody.DRAINED;
            for (int length = 0; length >= 0 && left > 0; left -= length) length = input.read(buffer);
        } catch (IOException e) {
            if (reader != null) reader.onError(e);
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.cancel(false);
        }
    }
}
