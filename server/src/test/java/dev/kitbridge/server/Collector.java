package dev.kitbridge.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Collects a body; requests no bytes by itself. */
public final class Collector implements Flow.Subscriber<ByteBuffer> {

    public final CompletableFuture<Void> ended = new CompletableFuture<>();

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    private Flow.@Nullable Subscription subscription;

    /** Reads a response's body to its end. */
    public static Collector of(Response response) {
        Collector collector = subscribed(response);
        collector.request(Long.MAX_VALUE);
        return collector;
    }

    public static Collector subscribed(Response response) {
        Collector collector = new Collector();
        if (response.body() instanceof Body.Bytes bytes) bytes.publisher().subscribe(collector);
        else if (response.body() instanceof Body.FileRange file)
            file.publisher().subscribe(collector);
        else if (response.body() instanceof Body.Stream stream)
            stream.publisher().subscribe(collector);
        return collector;
    }

    public void request(long n) {
        if (subscription != null) subscription.request(n);
    }

    public void cancel() {
        if (subscription != null) subscription.cancel();
    }

    public synchronized int size() {
        return content.size();
    }

    /** Waits for the end, and returns all bytes. */
    public byte[] bytes() {
        try {
            ended.get(TestApp.LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the body did not end well", e);
        }
        return content();
    }

    /** Returns the bytes received so far. */
    public synchronized byte[] content() {
        return content.toByteArray();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
    }

    @Override
    public synchronized void onNext(ByteBuffer item) {
        byte[] bytes = new byte[item.remaining()];
        item.get(bytes);
        content.writeBytes(bytes);
    }

    @Override
    public void onError(Throwable error) {
        ended.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
        ended.complete(null);
    }
}
