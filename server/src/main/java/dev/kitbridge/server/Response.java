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
