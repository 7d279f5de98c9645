package dev.kitbridge.server.internal.workers;

import dev.kitbridge.server.Request;
import dev.kitbridge.server.RequestContexts;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.internal.Answer;

/**
 * A request on its way to a worker.
 *
 * @param request the request
 * @param options of the request
 * @param contexts contains the context of the request while a worker has it
 * @param answer completed by the worker
 * @param repeated whether it is the second attempt, after a worker was lost
 * @param since {@link System#nanoTime} of its arrival
 */
record Call(
        Request request,
        RespondOptions options,
        RequestContexts contexts,
        Answer answer,
        boolean repeated,
        long since) {

    Call again() {
        return new Call(request, options, contexts, answer, true, since);
    }
}
