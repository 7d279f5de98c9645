package dev.kitbridge.server;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A request, as a front received it.
 *
 * @param method in upper case
 * @param origin scheme, host and port as the browser knows them, {@code https://example.com}; empty where it cannot be
 *     told: files are served all the same, everything else is a bad request
 * @param target path and query as they were sent, not decoded; begins with a slash
 * @param headers fields as they were sent
 * @param body read once, as it is wanted; null where the request has none
 */
public record Request(
        String method, String origin, String target, Headers headers, Flow.@Nullable Publisher<ByteBuffer> body) {

    /** A request without a body. */
    public static Request get(String origin, String target, Headers headers) {
        return new Request("GET", origin, target, headers, null);
    }

    /** A request with a body, if it has one. */
    public static Request of(
            String method, String origin, String target, Headers headers, Flow.@Nullable Publisher<ByteBuffer> body) {
        return new Request(method, origin, target, headers, body);
    }

    /** Refuses targets that are no path. */
    public Request {
        if (!target.startsWith("/")) {
            throw new IllegalArgumentException("target is '" + target + "'; expected a path that begins with a slash");
        }
    }

    /** Whether it may be sent again if nobody answered: GET and HEAD. */
    public boolean isRepeatable() {
        return body == null && (method.equals("GET") || method.equals("HEAD"));
    }
}
