package dev.kitbridge.server.internal;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.Response;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The future of a response, one object from the front to the worker. A handler completes it with a response, or
 * {@linkplain #fail fails} it, which completes it with an error page. Only a front completes it exceptionally or
 * cancels it, if the client has disconnected: the worker then stops rendering.
 */
public final class Answer extends CompletableFuture<Response> {

    /** Creates the response to a request that failed. */
    @FunctionalInterface
    public interface Errors {
        /** Logs the failure, and returns an error page. */
        Response page(Request request, Throwable failure);
    }

    private final Request request;
    private final Errors errors;
    private final @Nullable Report report;

    /** @param request the request to answer */
    public Answer(Request request, Errors errors) {
        this(request, errors, null);
    }

    private Answer(Request request, Errors errors, @Nullable Report report) {
        this.request = request;
        this.errors = errors;
        this.report = report;
    }

    /**
     * Returns an answer to another request in place of this one.
     *
     * @param report filled in by the worker before the answer is completed; null if nobody reads it
     */
    public Answer instead(Request other, @Nullable Report report) {
        return new Answer(other, errors, report);
    }

    /** Returns what the worker fills in, or null. */
    public @Nullable Report report() {
        return report;
    }

    /**
     * Completes the answer. Omits the body if the request is HEAD, and discards it if the answer is already completed
     * or cancelled.
     */
    @Override
    public boolean complete(Response response) {
        Response answer = response;
        if (request.method().equals("HEAD") && response.source() == Response.Source.WORKER) {
            response.discard();
            answer = new Response(response.status(), response.headers(), Body.EMPTY, response.source());
        }
        boolean completed = super.complete(answer);
        if (!completed) answer.discard();
        return completed;
    }

    /**
     * Runs a step that leads to the completion of this answer. If it fails, the answer does too: no client waits for
     * ever.
     */
    public void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    /** Completes the answer with an error page, unless it is already completed or cancelled. */
    public void fail(Throwable failure) {
        if (!isDone()) complete(errors.page(request, failure));
    }
}
