package dev.kitbridge.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * An asynchronous request, which several threads read and answer. When a request has ended, a container uses its
 * objects for the next one, perhaps of another client: each access to them must begin before the container's last
 * event, and this event waits until the access has ended.
 */
final class AsyncRequest implements AsyncListener {

    /** Calls methods of the container's objects, and neither blocks nor calls the server. */
    interface Access<T> {
        T run() throws IOException;
    }

    private final AsyncContext context;

    private final ReentrantLock lock = new ReentrantLock();

    private volatile boolean over;
    private volatile Consumer<Throwable> ended = reason -> {};

    private AsyncRequest(AsyncContext context) {
        this.context = context;
    }

    /** @throws IllegalStateException if a filter does not support asynchronous requests */
    static AsyncRequest start(HttpServletRequest request, HttpServletResponse response) {
        if (!request.isAsyncSupported()) {
            throw new IllegalStateException(
                    "The request does not support asynchronous processing, which a rendered page"
                            + " needs; set async-supported for each filter of " + request.getRequestURI());
        }
        AsyncRequest started = new AsyncRequest(request.startAsync(request, response));
        // the server has timeouts of its own
        started.context.setTimeout(0);
        started.context.addListener(started);
        return started;
    }

    /** Registers an action for a request that the container ends. */
    void onEnd(Consumer<Throwable> action) {
        ended = action;
    }

    boolean isOver() {
        return over;
    }

    /** Returns what the access returns, or another value if the request is over. */
    <T> T access(Access<T> access, T otherwise) throws IOException {
        lock.lock();
        try {
            return over ? otherwise : access.run();
        } finally {
            lock.unlock();
        }
    }

    /** Runs an action on a thread of the container; no access, since the request may be over before it begins. */
    void execute(Runnable action) {
        lock.lock();
        try {
            if (!over) context.start(action);
        } finally {
            lock.unlock();
        }
    }

    /** Ends the response; returns false if the request is over. */
    boolean complete() {
        return end(this::completeContext);
    }

    private void completeContext() {
        try {
            context.complete();
        } catch (IllegalStateException e) {
            // the container has ended it, and has not told us yet
        }
    }

    /** Dispatches the request again; returns false if the request is over. */
    boolean dispatch() {
        return end(context::dispatch);
    }

    private boolean end(Runnable last) {
        lock.lock();
        try {
            if (over) return false;
            over = true;
            last.run();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void endedByContainer(Throwable reason) {
        if (end(() -> {})) ended.accept(reason);
    }

    @Override
    public void onError(AsyncEvent event) {
        Throwable error = event.getThrowable();
        endedByContainer(error == null ? new IOException("disconnected") : error);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        endedByContainer(new TimeoutException("the container's timeout of asynchronous requests"));
        completeContext();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        endedByContainer(new IOException("the container ended the request"));
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
