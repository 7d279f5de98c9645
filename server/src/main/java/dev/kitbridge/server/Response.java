package dev.kitbridge.server;

/**
 * A response.
 *
 * @param status HTTP status
 * @param headers fields; {@code content-length} is there if and only if the length is known
 * @param body empty for HEAD and 304
 * @param source who answered
 */
public record Response(int status, Headers headers, Body body, Source source) {

    /** Says that nobody wants the body, so that it is not made. */
    public void discard() {
        if (body instanceof Body.Stream stream) stream.publisher().subscribe(new Publishers.Nobody());
    }

    /** Who answered. */
    public enum Source {
        /** The asset table. */
        ASSET,
        /** A worker. */
        WORKER,
        /** The server itself, because no worker could. */
        SERVER
    }
}
