package dev.kitbridge.server;

/** A station on the way of a request: answers it, or passes it on. */
@FunctionalInterface
public interface Handler {

    /**
     * Answers a request. Must not block.
     *
     * @param answer completed or failed by the handler, now or later. A handler that still works on it stops if
     *     somebody else completes it: the client has gone
     * @return false passes the request on to the next handler, and leaves the answer alone
     */
    boolean handle(Request request, RespondOptions options, Answer answer);
}
