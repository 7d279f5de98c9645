package dev.kitbridge.servlet;

import dev.kitbridge.server.Response;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes one response when the client can take it. Everything that touches the servlet response runs within
 * {@code onWritePossible} first, which a container calls after the filters have returned.
 */
final class AsyncAnswer implements WriteListener, AsyncListener {

    /** Request attribute: the reason why a response that has begun is incomplete. */
    static final String FAILURE = AsyncAnswer.class.getName() + ".failure";

    /** Request attribute: the status of a response that the caller declined. */
    static final String DECLINED = AsyncAnswer.class.getName() + ".declined";

    private static final System.Logger LOG = System.getLogger(ServletFront.class.getName());

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final AsyncContext async;
    private final CompletableFuture<Response> answer;
    private final Consumer<Response> beforeHead;
    private final Predicate<Response> declines;

    /** Number of reasons to look for work; the thread that raises it from 0 does the work for all. */
    private final AtomicInteger work = new AtomicInteger();

    private @Nullable ServletOutputStream out;
    private Flow.@Nullable Subscription subscription;
    private boolean headWritten;
    private boolean demanded;
    private boolean flushNeeded;

    private volatile boolean writePossible;
    private volatile boolean ended;
    private volatile boolean complete;
    private volatile @Nullable ByteBuffer chunk;
    private volatile @Nullable Throwable failure;

    AsyncAnswer(
            HttpServletRequest request,
            HttpServletResponse response,
            AsyncContext async,
            CompletableFuture<Response> answer,
            Consumer<Response> beforeHead,
            Predicate<Response> declines) {
        this.request = request;
        this.response = response;
        this.async = async;
        this.answer = answer;
        this.beforeHead = beforeHead;
        this.declines = declines;
    }

    /** Writes the answer to a stream when it is known. */
    void await(ServletOutputStream stream) {
        out = stream;
        answer.whenComplete((found, error) -> {
            try {
                if (found != null && declines.test(found)) decline(found);
                else if (found != null && !ended) stream.setWriteListener(this);
                else if (!ended) end();
            } catch (RuntimeException e) {
                if (found != null) found.discard();
                fail(e);
            }
        });
    }

    @Override
    public void onWritePossible() {
        writePossible = true;
        run();
    }

    private void run() {
        if (work.getAndIncrement() != 0) return;
        int seen = 1;
        do {
            try {
                step();
            } catch (IOException | RuntimeException e) {
                fail(e);
            }
            seen = work.addAndGet(-seen);
        } while (seen != 0);
    }

    private void step() throws IOException {
        ServletOutputStream stream = out;
        if (stream == null) return;
        if (writePossible && !headWritten && !ended) writeHead();
        while (writePossible && !ended) {
            if (!stream.isReady()) {
                writePossible = false;
                return;
            }
            ByteBuffer content = chunk;
            if (content != null) {
                chunk = null;
                flushNeeded = answer.join().body().length() < 0;
                ServletFront.write(content, stream);
            } else if (failure != null) {
                breakOff();
            } else if (complete) {
                end();
            } else if (flushNeeded) {
                flushNeeded = false;
                stream.flush();
            } else {
                if (demanded || subscription == null) return;
                demanded = true;
                subscription.request(1);
            }
        }
    }

    private void writeHead() {
        headWritten = true;
        Response found = answer.join();
        beforeHead.accept(found);
        ServletFront.writeHead(found, response);
        // a stream's head is sent at once, however long its first bytes take
        flushNeeded = found.body().length() < 0;
        found.body().publisher().subscribe(new Content());
    }

    /** Receives the body, one buffer at a time. */
    private final class Content implements Flow.Subscriber<ByteBuffer> {

        @Override
        public void onSubscribe(Flow.Subscription source) {
            subscription = source;
        }

        @Override
        public void onNext(ByteBuffer content) {
            chunk = content;
            demanded = false;
            run();
        }

        @Override
        public void onComplete() {
            complete = true;
            run();
        }

        @Override
        public void onError(Throwable error) {
            failure = error;
            run();
        }
    }

    /** Dispatches the request again, before the output is asynchronous: the caller may write as it likes. */
    private void decline(Response found) {
        ended = true;
        found.discard();
        request.setAttribute(DECLINED, found.status());
        async.dispatch();
    }

    /** Ends a response whose rest is missing. */
    private void breakOff() {
        ended = true;
        request.setAttribute(FAILURE, failure);
        async.dispatch();
    }

    private void end() {
        ended = true;
        try {
            async.complete();
        } catch (IllegalStateException e) {
            // the container has ended it
        }
    }

    /** Ends the exchange of a client that has disconnected, or of a response that cannot be written. */
    private void fail(Throwable error) {
        if (ended) return;
        LOG.log(Level.DEBUG, () -> request.getRequestURI() + " could not be answered", error);
        cancel(error);
        end();
    }

    private void cancel(Throwable reason) {
        ended = true;
        Flow.Subscription source = subscription;
        if (source != null) source.cancel();
        answer.completeExceptionally(reason);
    }

    @Override
    public void onError(Throwable error) {
        fail(error);
    }

    @Override
    public void onError(AsyncEvent event) {
        if (!ended) cancel(event.getThrowable() == null ? new IOException("disconnected") : event.getThrowable());
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        if (!ended) cancel(new TimeoutException("the container's timeout of asynchronous requests"));
        end();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        if (!ended) cancel(new IOException("the container ended the request"));
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
