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

/** The body of an asynchronous servlet request, read when the app demands it. */
final class RequestBody implements Flow.Publisher<ByteBuffer>, Flow.Subscription, ReadListener {

    private static final int CHUNK = 16 * 1024;

    /** Bytes that are discarded at most before a response, for a client that reads it only after it has sent all. */
    static final long DRAINED = 64L * 1024 * 1024;

    private final HttpServletRequest request;
    private final AsyncRequest async;
    private final byte[] buffer = new byte[CHUNK];
    private final AtomicLong demand = new AtomicLong();

    /** Number of reasons to look for content; the thread that raises it from 0 does so for all. */
    private final AtomicInteger work = new AtomicInteger();

    private volatile @Nullable ServletInputStream input;
    private Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;

    private long undrained = DRAINED;
    private volatile boolean cancelled;
    private volatile boolean ended;
    private volatile boolean complete;
    private volatile @Nullable Throwable failure;
    private volatile Consumer<Throwable> failed = error -> {};
    private volatile @Nullable Runnable drained;

    RequestBody(HttpServletRequest request, AsyncRequest async) {
        this.request = request;
        this.async = async;
    }

    /** Registers an action for a body that does not arrive completely. */
    void onFailure(Consumer<Throwable> action) {
        failed = action;
        Throwable earlier = failure;
        if (earlier != null) action.accept(earlier);
    }

    /** Runs an action; if the app does not want the rest of the body, discards it before. */
    void drainIfCancelled(Runnable action) {
        if (!cancelled || complete || failure != null) {
            action.run();
            return;
        }
        drained = action;
        read();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> reader) {
        subscriber = reader;
        reader.onSubscribe(this);
    }

    @Override
    public void request(long n) {
        demand.addAndGet(n);
        read();
    }

    /** Registers for content, which arrives after the filters have returned. */
    void open() {
        try {
            request.getInputStream().setReadListener(this);
        } catch (IOException | RuntimeException e) {
            failure = e;
            read();
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        ended = true;
    }

    @Override
    public void onDataAvailable() throws IOException {
        input = request.getInputStream();
        read();
    }

    /** Tomcat may call this while another thread still reads the last bytes; the stream itself knows its end. */
    @Override
    public void onAllDataRead() throws IOException {
        input = request.getInputStream();
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
        int length = 0;
        do {
            if (length > 0) pass(length);
            length = next();
        } while (length > 0);
        Throwable error = failure;
        if (error == null && !complete && undrained > 0) return;
        end(error);
        Runnable action = drained;
        drained = null;
        if (action != null) action.run();
    }

    private int next() {
        try {
            return async.access(this::fill, 0);
        } catch (IOException | RuntimeException e) {
            failure = e;
            return 0;
        }
    }

    /** Fills the buffer with content that has arrived and is demanded; returns its length, or 0. */
    private int fill() throws IOException {
        ServletInputStream in = input;
        if (in == null || failure != null) return 0;
        while (isDemanded() && !in.isFinished() && in.isReady()) {
            int length = in.read(buffer);
            if (length > 0 && ended) undrained -= length;
            else if (length > 0) return length;
        }
        complete = in.isFinished();
        return 0;
    }

    private boolean isDemanded() {
        return (drained != null && undrained > 0) || (!ended && demand.get() > 0);
    }

    private void pass(int length) {
        Flow.Subscriber<? super ByteBuffer> reader = subscriber;
        if (ended || reader == null) return;
        demand.decrementAndGet();
        reader.onNext(ByteBuffer.wrap(Arrays.copyOf(buffer, length)));
    }

    private void end(@Nullable Throwable error) {
        if (ended) return;
        ended = true;
        Flow.Subscriber<? super ByteBuffer> reader = subscriber;
        if (error == null) {
            if (reader != null) reader.onComplete();
        } else {
            if (reader != null) reader.onError(error);
            failed.accept(error);
        }
    }
}
