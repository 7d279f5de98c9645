package dev.kitbridge.server.internal.workers;

import dev.kitbridge.server.internal.Handler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The last handler of a request: renders pages in JavaScript. */
public interface Workers extends Handler {

    /** Returns a future that completes when the first worker is ready, and fails if none can be started. */
    CompletableFuture<?> started();

    /** Returns the number of workers that accept requests. */
    int readyWorkers();

    /** Returns the number of workers that were replaced. */
    int restarts();

    /** Returns the number of requests that workers are answering. */
    int runningRequests();

    /** Returns the number of requests that wait for a worker. */
    int waitingRequests();

    /**
     * Rejects new requests, waits for the responses to the open ones, and shuts the workers down.
     *
     * @param reason argument of the app's {@code sveltekit:shutdown} handlers
     * @param limit for the responses; the shutdown handlers get the same time again, at least two seconds
     */
    void close(String reason, Duration limit);
}
