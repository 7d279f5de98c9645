package dev.kitbridge.server.workers;

import dev.kitbridge.server.Answer;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.RespondOptions;

/**
 * A request on its way to a worker.
 *
 * @param request what was asked
 * @param options what comes with it
 * @param answer what the caller waits for
 * @param repeated whether a worker was lost over it before
 * @param since when it came, {@link System#nanoTime}
 */
record Call(Request request, RespondOptions options, Answer answer, boolean repeated, long since) {

    Call again() {
        return new Call(request, options, answer, true, since);
    }
}
