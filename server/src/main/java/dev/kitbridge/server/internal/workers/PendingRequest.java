package dev.kitbridge.server.internal.workers;

import dev.kitbridge.server.Request;
import dev.kitbridge.server.RequestContexts;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.internal.Answer;

/**
 * A request that has no response yet.
 *
 * @param request the request
 * @param options of the request
 * @param contexts contains the context of the request while a worker has it
 * @param answer the future that the worker completes
 * @param repeated whether this is the second attempt, after the first worker exited
 * @param since {@link System#nanoTime} of its arrival
 */
record PendingRequest(
        Request request,
        RespondOptions options,
        RequestContexts contexts,
        Answer answer,
        boolean repeated,
        long since) {

    PendingRequest again() {
        return new PendingRequest(request, options, contexts, answer, true, since);
    }
}
