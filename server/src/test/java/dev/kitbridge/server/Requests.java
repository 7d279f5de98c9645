package dev.kitbridge.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Requests of a client at 192.0.2.1. */
public final class Requests {

    public static final String ORIGIN = "https://example.com";

    private static final RespondOptions OPTIONS = RespondOptions.of("192.0.2.1");

    private Requests() {}

    public static Request get(String target) {
        return Request.get(ORIGIN, target, Headers.EMPTY);
    }

    public static Request post(String target, Flow.Publisher<ByteBuffer> body) {
        return Request.of("POST", ORIGIN, target, Headers.EMPTY, body);
    }

    public static Request post(String target, String body) {
        return post(target, new Body.Bytes(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8))).publisher());
    }

    public static CompletableFuture<Response> send(Server server, Request request) {
        return server.respond(request, OPTIONS);
    }

    public static Response answer(Server server, Request request) {
        return await(send(server, request));
    }

    public static Response answer(Server server, String target) {
        return answer(server, get(target));
    }

    public static <T> T await(CompletableFuture<T> future) {
        try {
            return future.orTimeout(TestApp.LONG.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new AssertionError("no answer", e);
        }
    }

    /** Publishes a number of bytes on demand, and counts them. */
    public static final class Zeros implements Flow.Publisher<ByteBuffer>, Flow.Subscription {

        public final AtomicLong given = new AtomicLong();
        public final CompletableFuture<Void> cancelled = new CompletableFuture<>();

        private final long size;
        private final int piece;

        private Flow.Subscriber<? super ByteBuffer> subscriber = new Collector();

        public Zeros(long size, int piece) {
            this.size = size;
            this.piece = piece;
        }

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
            subscriber.onSubscribe(this);
        }

        /** The upload asks for one at a time. */
        @Override
        public void request(long n) {
            if (n != 1) throw new AssertionError("asked for " + n);
            if (cancelled.isDone()) return;
            int length = (int) Math.min(piece, size - given.get());
            if (length > 0) {
                given.addAndGet(length);
                subscriber.onNext(ByteBuffer.allocate(length));
            } else {
                subscriber.onComplete();
            }
        }

        @Override
        public void cancel() {
            cancelled.complete(null);
        }
    }
}
