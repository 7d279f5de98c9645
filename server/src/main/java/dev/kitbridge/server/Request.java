package dev.kitbridge.server;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A request, as a front received it.
 *
 * @param method in upper case
 * @param origin scheme, host and port as the browser knows them, {@code https://example.com}; empty if it is unknown:
 *     then files are served, and other requests are answered with 400
 * @param target path and query as sent, not decoded; begins with a slash
 * @param headers fields as sent
 * @param body read once, on demand; null if the request has none
 */
public record Request(
        String method, String origin, String target, Headers headers, Flow.@Nullable Publisher<ByteBuffer> body) {

    /** Returns a GET request without a body. */
    public static Request get(String origin, String target, Headers headers) {
        return new Request("GET", origin, target, headers, null);
    }

    /** Returns a request. */
    public static Request of(
            String method, String origin, String target, Headers headers, Flow.@Nullable Publisher<ByteBuffer> body) {
        return new Request(method, origin, target, headers, body);
    }

    /** Rejects a target that is not a path. */
    public Request {
        if (!target.startsWith("/")) {
            throw new IllegalArgumentException("target is '" + target + "'; expected a path that begins with a slash");
        }
    }

    /** Returns whether the request may be repeated after a worker was lost: GET and HEAD without a body. */
    public boolean isRepeatable() {
        return body == null && (method.equals("GET") || method.equals("HEAD"));
    }
}
