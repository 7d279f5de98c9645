package dev.kitbridge.server.internal;

import dev.kitbridge.server.Request;
import dev.kitbridge.server.RespondOptions;

/** A step in the chain of a request: answers it, or passes it on. */
@FunctionalInterface
public interface Handler {

    /**
     * Answers a request. Must not block.
     *
     * @param answer completed or failed by the handler, now or later. If the front completes it first, the client has
     *     disconnected, and the handler stops its work
     * @return false to pass the request on to the next handler; the answer is then left untouched
     */
    boolean handle(Request request, RespondOptions options, Answer answer);
}
