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
    private final @Nullable RequestBody body;
    private final Consumer<Response> beforeHead;
    private final Predicate<Response> declines;
    private final boolean isBlocking;

    /** Number of reasons to look for work; the thread that raises it from 0 does the work for all. */
    private final AtomicInteger work = new AtomicInteger();

    private @Nullable ServletOutputStream out;
    private Flow.@Nullable Subscription subscription;
    private boolean headWritten;
    private boolean demanded;
    private boolean isStream;
    private boolean flushNeeded;

    private volatile @Nullable Response found;
    private volatile boolean listening;
    private volatile boolean ended;
    private volatile boolean complete;
    private volatile @Nullable ByteBuffer chunk;
    private volatile @Nullable Throwable failure;

    AsyncAnswer(
            HttpServletRequest request,
            HttpServletResponse response,
            AsyncContext async,
            CompletableFuture<Response> answer,
            @Nullable RequestBody body,
            Consumer<Response> beforeHead,
            Predicate<Response> declines) {
        this.request = request;
        this.response = response;
        this.async = async;
        this.answer = answer;
        this.body = body;
        this.beforeHead = beforeHead;
        this.declines = declines;
        // over HTTP/2, Tomcat ends the response to an asynchronous HEAD only if it was flushed
        this.isBlocking = request.getMethod().equals("HEAD") && isHttp2();
    }

    /** Writes the answer to a stream when it is known. */
    void await(ServletOutputStream stream) {
        out = stream;
        if (body != null) {
            body.onFailure(answer::completeExceptionally);
            body.open();
        }
        answer.whenComplete((response, error) -> {
            if (ended) {
                if (response != null) response.discard();
                return;
            }
            found = response;
            try {
                if (response != null && declines.test(response)) decline(response);
                else async.start(response == null ? this::refuse : this::begin);
            } catch (RuntimeException | Error e) {
                if (response != null) response.discard();
                fail(e);
            }
        });
    }

    /**
     * Begins to write on a thread of the container: Tomcat lets it wait until the filters have returned, for which a
     * worker's link must not wait.
     */
    private void begin() {
        if (isBlocking) {
            onWritePossible();
            return;
        }
        ServletOutputStream stream = out;
        try {
            if (stream != null) stream.setWriteListener(this);
        } catch (RuntimeException | Error e) {
            Response response = found;
            if (response != null && !headWritten) response.discard();
            fail(e);
        }
    }

    /** Answers a request whose body is malformed or incomplete. */
    private void refuse() {
        if (ended) return;
        response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        end();
    }

    @Override
    public void onWritePossible() {
        listening = true;
        run();
    }

    private void run() {
        if (work.getAndIncrement() != 0) return;
        int seen = 1;
        do {
            try {
                step();
            } catch (IOException e) {
                disconnected(e);
            } catch (RuntimeException | Error e) {
                fail(e);
            }
            seen = work.addAndGet(-seen);
        } while (seen != 0);
    }

    private void step() throws IOException {
        ServletOutputStream stream = out;
        Response response = found;
        if (stream == null || response == null) return;
        if (!listening) return;
        if (!headWritten && !ended) writeHead(response, stream);
        // if it is not ready, the container calls onWritePossible
        while (!ended && stream.isReady()) {
            // the last chunk may arrive between two reads; the end and a failure come after it
            boolean last = complete;
            Throwable error = failure;
            ByteBuffer content = chunk;
            if (content != null) {
                chunk = null;
                demanded = false;
                flushNeeded = isStream;
                ServletFront.write(content, stream);
            } else if (error != null) {
                breakOff(error);
            } else if (flushNeeded) {
                flushNeeded = false;
                stream.flush();
            } else if (last) {
                end();
            } else {
                if (demanded || subscription == null) return;
                demanded = true;
                subscription.request(1);
            }
        }
    }

    private void writeHead(Response found, ServletOutputStream stream) throws IOException {
        headWritten = true;
        beforeHead.accept(found);
        ServletFront.writeHead(found, response);
        isStream = found.body().length() < 0;
        if (isStream && isJetty() && request.getProtocol().equals("HTTP/1.1")) {
            // else, on a connection that is closed afterwards, Jetty does not mark the end of the body
            response.setHeader("transfer-encoding", "chunked");
        }
        // a stream's head is sent at once, however long its first bytes take
        flushNeeded = isStream;
        if (isBlocking) response.flushBuffer();
        else if (ServletFront.isHeadOfStream(request, found) && stream.isReady()) stream.flush();
        Runnable writeBody = () -> {
            if (found.body().length() == 0) end();
            else found.body().publisher().subscribe(new Content());
        };
        // a client that still sends may lose its response if the connection is closed or the stream is reset; Tomcat
        // closes the body with the response
        if (body == null) writeBody.run();
        else body.drainIfCancelled(writeBody);
    }

    private boolean isJetty() {
        return request.getServletContext().getServerInfo().startsWith("jetty/");
    }

    private boolean isHttp2() {
        return !request.getProtocol().startsWith("HTTP/1");
    }

    /** Receives the body, one buffer at a time. */
    private final class Content implements Flow.Subscriber<ByteBuffer> {

        @Override
        public void onSubscribe(Flow.Subscription source) {
            subscription = source;
            run();
        }

        @Override
        public void onNext(ByteBuffer content) {
            chunk = content;
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

    /** Ends a response that cannot be completed, so that the client does not take it for a complete one. */
    private void breakOff(Throwable reason) {
        ended = true;
        try {
            if (response.isCommitted()) {
                // Jetty's documented way to abort a response; other containers reject it once the head was sent
                response.sendError(-1);
            } else {
                response.reset();
                response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            }
        } catch (IOException | RuntimeException e) {
            // Tomcat aborts a response whose dispatch throws; Jetty would complete it
            request.setAttribute(FAILURE, reason);
            async.dispatch();
            return;
        }
        end();
    }

    private void end() {
        ended = true;
        try {
            async.complete();
        } catch (IllegalStateException e) {
            // the container has ended it
        }
    }

    /** Ends a response that cannot be written by a fault of an application or of Kitbridge. */
    private void fail(Throwable error) {
        if (ended) return;
        LOG.log(Level.ERROR, request.getRequestURI() + " could not be answered", error);
        cancel(error);
        breakOff(error);
    }

    /** Ends the exchange of a client that has disconnected. */
    private void disconnected(Throwable error) {
        if (ended) return;
        LOG.log(Level.DEBUG, () -> request.getRequestURI() + " could not be sent", error);
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
        disconnected(error);
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
