package dev.kitbridge.server;

/**
 * A response.
 *
 * @param status HTTP status
 * @param headers fields; they contain {@code content-length} if and only if the length is known
 * @param body empty for HEAD and 304
 * @param source the part that answered
 */
public record Response(int status, Headers headers, Body body, Source source) {

    /** Discards the body, so that it is not rendered. */
    public void discard() {
        if (body instanceof Body.Stream stream) stream.publisher().subscribe(new Publishers.Canceller());
    }

    /** The part that answered. */
    public enum Source {
        /** The asset table. */
        ASSET,
        /** The page cache. */
        CACHE,
        /** A worker. */
        WORKER,
        /** The server itself, because no worker could. */
        SERVER
    }
}
