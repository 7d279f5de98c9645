package dev.kitbridge.standalone.front;

import dev.kitbridge.standalone.jetty.Http1Connection;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Returns request targets as the client sent them. */
public final class RawTargets {

    private RawTargets() {}

    /** Returns path and query; null if the target has none. */
    public static @Nullable String of(Request request) {
        String sent = sentByHttp1(request);
        return sent != null && sent.startsWith("/")
                ? sent
                : request.getHttpURI().getPathQuery();
    }

    /** Returns the whole target, of a rejected request too; null if Jetty could not parse it. */
    public static @Nullable String sent(Request request) {
        String sent = sentByHttp1(request);
        if (sent != null) return sent;
        String path = request.getHttpURI().getPathQuery();
        // Jetty's placeholder for a request line that it could not parse; no handler has seen it
        return Http1Connection.REJECTED_TARGET.equals(path) && LogDetails.of(request) == null ? null : path;
    }

    /** Returns whether the target of an HTTP/1.1 request is a URL, as in requests to a proxy. */
    static boolean isAbsolute(Request request) {
        String sent = sentByHttp1(request);
        return sent != null && !sent.startsWith("/");
    }

    private static @Nullable String sentByHttp1(Request request) {
        return request.getConnectionMetaData() instanceof Http1Connection connection ? connection.sentTarget() : null;
    }
}
