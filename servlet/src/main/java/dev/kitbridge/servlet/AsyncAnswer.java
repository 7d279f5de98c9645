package dev.kitbridge.servlet;

import dev.kitbridge.server.Response;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes one response when the client can take it. Everything that touches the servlet response runs within
 * {@code onWritePossible} first, which a container calls after the filters have returned, and within an
 * {@linkplain AsyncRequest#access access}.
 */
final class AsyncAnswer implements WriteListener {

    /** Request attribute: the reason why a response that has begun is incomplete. */
    static final String FAILURE = AsyncAnswer.class.getName() + ".failure";

    /** Request attribute: the status of a response that the caller declined. */
    static final String DECLINED = AsyncAnswer.class.getName() + ".declined";

    private static final System.Logger LOG = System.getLogger(ServletFront.class.getName());

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final AsyncRequest async;
    private final CompletableFuture<Response> answer;
    private final @Nullable RequestBody body;
    private final Consumer<Response> beforeHead;
    private final Predicate<Response> declines;
    private final boolean isBlocking;

    /** Number of reasons to look for work; the thread that raises it from 0 does the work for all. */
    private final AtomicInteger work = new AtomicInteger();

    /** Whether the body of the response is read or discarded. */
    private final AtomicBoolean bodyTaken = new AtomicBoolean();

    private @Nullable ServletOutputStream out;
    private volatile Flow.@Nullable Subscription subscription;
    private boolean headWritten;
    private boolean demanded;
    private boolean isStream;
    private boolean flushNeeded;

    private volatile @Nullable Response found;
    private volatile boolean listening;
    private volatile boolean complete;
    private volatile @Nullable ByteBuffer chunk;
    private volatile @Nullable Throwable failure;

    AsyncAnswer(
            HttpServletRequest request,
            HttpServletResponse response,
            AsyncRequest async,
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
        async.onEnd(this::cancel);
    }

    /** Writes the answer to a stream when it is known. */
    void await(ServletOutputStream stream) {
        out = stream;
        if (body != null) {
            body.onFailure(answer::completeExceptionally);
            body.open();
        }
        answer.whenComplete((response, error) -> {
            if (response == null) refuse();
            else if (!accept(response)) discard(response);
        });
    }

    /** Begins to write; returns whether the response is needed: the request may be over, or the caller answers it. */
    private boolean accept(Response response) {
        return access(
                () -> {
                    if (declines.test(response)) {
                        decline(response);
                        return false;
                    }
                    found = response;
                    async.execute(this::begin);
                    return true;
                },
                false);
    }

    private void discard(Response response) {
        if (bodyTaken.compareAndSet(false, true)) response.discard();
    }

    /** Returns what the access returns, or another value if the request is over or the access fails. */
    private <T> T access(AsyncRequest.Access<T> access, T otherwise) {
        try {
            return async.access(access, otherwise);
        } catch (IOException e) {
            disconnected(e);
        } catch (RuntimeException | Error e) {
            fail(e);
        }
        return otherwise;
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
        if (stream == null || async.isOver()) return;
        try {
            // no access: Tomcat waits here for a lock that a thread may have which waits for an access
            stream.setWriteListener(this);
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** Answers a request whose body is malformed or incomplete. */
    private void refuse() {
        access(
                () -> {
                    response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
                    return async.complete();
                },
                false);
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
                for (Optional<Runnable> next = step(); next.isPresent(); next = step()) {
                    next.get().run();
                }
            } catch (RuntimeException | Error e) {
                fail(e);
            }
            seen = work.addAndGet(-seen);
        } while (seen != 0);
    }

    /** Writes what can be written; returns what has to run outside the access before the next step. */
    private Optional<Runnable> step() {
        ServletOutputStream stream = out;
        Response response = found;
        if (stream == null || response == null || !listening) return Optional.empty();
        return access(() -> headWritten ? write(stream) : writeHead(response, stream), Optional.empty());
    }

    private Optional<Runnable> write(ServletOutputStream stream) throws IOException {
        // if it is not ready, the container calls onWritePossible
        while (stream.isReady()) {
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
                return Optional.empty();
            } else if (flushNeeded) {
                flushNeeded = false;
                stream.flush();
            } else if (last) {
                async.complete();
                return Optional.empty();
            } else {
                Flow.Subscription source = subscription;
                if (demanded || source == null) return Optional.empty();
                demanded = true;
                return Optional.of(() -> source.request(1));
            }
        }
        return Optional.empty();
    }

    /** Writes the head; returns what writes the body. */
    private Optional<Runnable> writeHead(Response found, ServletOutputStream stream) throws IOException {
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
            if (found.body().length() == 0) {
                async.complete();
            } else if (bodyTaken.compareAndSet(false, true)) {
                found.body().publisher().subscribe(new Content());
            }
        };
        RequestBody unread = body;
        // a client that still sends may lose its response if the connection is closed or the stream is reset; Tomcat
        // closes the body with the response
        return Optional.of(unread == null ? writeBody : () -> unread.drainIfCancelled(writeBody));
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
            if (async.isOver()) source.cancel();
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
        request.setAttribute(DECLINED, found.status());
        async.dispatch();
    }

    /**
     * Ends a response that cannot be completed, so that the client does not take it for a complete one; returns false
     * if the request is over.
     */
    private boolean breakOff(Throwable reason) {
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
            return async.dispatch();
        }
        return async.complete();
    }

    /** Ends a response that cannot be written by a fault of an application or of Kitbridge. */
    private void fail(Throwable error) {
        boolean ended = false;
        try {
            ended = async.access(
                    () -> {
                        LOG.log(Level.ERROR, request.getRequestURI() + " could not be answered", error);
                        return breakOff(error);
                    },
                    false);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "a response could not be ended", e);
        }
        if (ended) cancel(error);
    }

    /** Ends the exchange of a client that has disconnected. */
    private void disconnected(Throwable error) {
        LOG.log(Level.DEBUG, "a response could not be sent", error);
        if (async.complete()) cancel(error);
    }

    private void cancel(Throwable reason) {
        Flow.Subscription source = subscription;
        Response response = found;
        if (source != null) source.cancel();
        else if (response != null) discard(response);
        answer.completeExceptionally(reason);
    }

    @Override
    public void onError(Throwable error) {
        disconnected(error);
    }
}
