package dev.kitbridge.server;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Writes a body on the calling thread, one buffer after the other. */
final class Transfer implements Flow.Subscriber<ByteBuffer> {

    /**
     * A signal of the publisher.
     *
     * @param content null at the end
     * @param error the failure that ends the body, or null
     */
    private record Signal(@Nullable ByteBuffer content, @Nullable Throwable error) {}

    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

    private volatile Flow.@Nullable Subscription subscription;

    private final OutputStream out;
    private final boolean flush;

    private Transfer(OutputStream out, boolean flush) {
        this.out = out;
        this.flush = flush;
    }

    /** @param flush whether to flush after each buffer */
    static void run(Flow.Publisher<ByteBuffer> body, OutputStream out, boolean flush) throws IOException {
        Transfer transfer = new Transfer(out, flush);
        body.subscribe(transfer);
        Flow.Subscription source = transfer.subscription;
        if (source == null) throw new IllegalStateException("the publisher of the body did not call onSubscribe");
        boolean complete = false;
        try {
            transfer.write(source);
            complete = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the body");
        } finally {
            if (!complete) source.cancel();
        }
    }

    private void write(Flow.Subscription source) throws IOException, InterruptedException {
        WritableByteChannel channel = Channels.newChannel(out);
        while (true) {
            source.request(1);
            Signal signal = signals.take();
            if (signal.error() != null) throw new IOException("the body is incomplete", signal.error());
            if (signal.content() == null) return;
            while (signal.content().hasRemaining()) channel.write(signal.content());
            if (flush) out.flush();
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
    }

    @Override
    public void onNext(ByteBuffer item) {
        signals.add(new Signal(item, null));
    }

    @Override
    public void onError(Throwable error) {
        signals.add(new Signal(null, error));
    }

    @Override
    public void onComplete() {
        signals.add(new Signal(null, null));
    }
}
