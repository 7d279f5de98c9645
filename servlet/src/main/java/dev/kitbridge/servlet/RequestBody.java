package dev.kitbridge.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The body of a servlet request, read when the app demands it. The request must be asynchronous. */
final class RequestBody implements Flow.Publisher<ByteBuffer>, Flow.Subscription, ReadListener {

    private static final int CHUNK = 16 * 1024;

    private final HttpServletRequest request;
    private final byte[] buffer = new byte[CHUNK];
    private final AtomicLong demand = new AtomicLong();

    /** Number of reasons to look for content; the thread that raises it from 0 does so for all. */
    private final AtomicInteger work = new AtomicInteger();

    private @Nullable ServletInputStream input;
    private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;

    private volatile boolean ended;
    private volatile boolean complete;
    private volatile @Nullable Throwable failure;
    private volatile Consumer<Throwable> failed = error -> {};

    RequestBody(HttpServletRequest request) {
        this.request = request;
    }

    /** Registers an action for a body that does not arrive completely. */
    void onFailure(Consumer<Throwable> action) {
        failed = action;
        Throwable earlier = failure;
        if (earlier != null) action.accept(earlier);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> reader) {
        subscriber = reader;
        reader.onSubscribe(this);
    }

    @Override
    public void request(long n) {
        demand.addAndGet(n);
        if (input == null) {
            try {
                ServletInputStream opened = request.getInputStream();
                input = opened;
                opened.setReadListener(this);
            } catch (IOException | RuntimeException e) {
                fail(e);
            }
            return;
        }
        read();
    }

    @Override
    public void cancel() {
        ended = true;
    }

    @Override
    public void onDataAvailable() {
        read();
    }

    @Override
    public void onAllDataRead() {
        complete = true;
        read();
    }

    @Override
    public void onError(Throwable error) {
        failure = error;
        read();
    }

    private void read() {
        if (work.getAndIncrement() != 0) return;
        int seen = 1;
        do {
            step();
            seen = work.addAndGet(-seen);
        } while (seen != 0);
    }

    private void step() {
        ServletInputStream in = input;
        Flow.Subscriber<? super ByteBuffer> reader = subscriber;
        if (in == null || reader == null) return;
        try {
            while (!ended && failure == null && !complete && demand.get() > 0 && in.isReady()) {
                int length = in.read(buffer);
                if (length < 0) {
                    complete = true;
                } else if (length > 0) {
                    demand.decrementAndGet();
                    reader.onNext(ByteBuffer.wrap(Arrays.copyOf(buffer, length)));
                }
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
        if (ended) return;
        Throwable error = failure;
        if (error != null) {
            fail(error);
        } else if (complete) {
            ended = true;
            reader.onComplete();
        }
    }

    private void fail(Throwable error) {
        failure = error;
        ended = true;
        if (subscriber != null) subscriber.onError(error);
        failed.accept(error);
    }
}
