package dev.kitbridge.standalone.front;

import dev.kitbridge.standalone.jetty.Http1Connection;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** The targets of requests as they were sent. */
public final class RawTargets {

    private RawTargets() {}

    /** Path and query as they were sent; null if the target has none. */
    public static @Nullable String of(Request request) {
        String sent = sentByHttp1(request);
        return sent != null && sent.startsWith("/")
                ? sent
                : request.getHttpURI().getPathQuery();
    }

    /** The whole target as it was sent, a refused one too; null if there is none that could be read. */
    public static @Nullable String sent(Request request) {
        String sent = sentByHttp1(request);
        if (sent != null) return sent;
        String path = request.getHttpURI().getPathQuery();
        // Jetty's own stand-in for a request line that it could not parse; no handler has seen it
        return Http1Connection.REFUSED_TARGET.equals(path) && Observed.of(request) == null ? null : path;
    }

    /** Whether the target of an HTTP/1.1 request is a whole URL, as in requests for a proxy. */
    static boolean isAbsolute(Request request) {
        String sent = sentByHttp1(request);
        return sent != null && !sent.startsWith("/");
    }

    private static @Nullable String sentByHttp1(Request request) {
        return request.getConnectionMetaData() instanceof Http1Connection connection ? connection.sentTarget() : null;
    }
}
