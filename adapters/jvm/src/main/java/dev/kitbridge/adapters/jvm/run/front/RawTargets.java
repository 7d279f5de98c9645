package dev.kitbridge.adapters.jvm.run.front;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 whose requests keep their target as it was sent. Jetty refuses paths that it cannot decode; here they are
 * looked up and judged as they are, by the asset table and kit's router, which has an error page for them.
 */
public final class RawTargets extends HttpConnectionFactory {

    RawTargets(HttpConfiguration configuration) {
        super(configuration);
    }

    /** Path and query as they were sent; null where the target has none. */
    public static @Nullable String of(Request request) {
        String path = request.getConnectionMetaData() instanceof Keeping connection ? connection.path : null;
        return path != null ? path : request.getHttpURI().getPathQuery();
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        HttpConnection connection = new Keeping(getHttpConfiguration(), connector, endPoint);
        connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
        return configure(connection, connector, endPoint);
    }

    /** One request at a time, so that there is one path to keep. */
    private static final class Keeping extends HttpConnection {

        private volatile @Nullable String path;

        Keeping(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
            super(configuration, connector, endPoint);
        }

        @Override
        protected HttpStreamOverHTTP1 newHttpStream(String method, String target, HttpVersion version) {
            if (!isMethod(method)) throw new HttpException.RuntimeException(400, "the method is '" + method + "'");
            boolean plain = true;
            for (int i = 0; i < target.length(); i++) {
                char c = target.charAt(i);
                if (c <= ' ' || c >= 0x7f) throw new HttpException.RuntimeException(400, "the target is not ASCII");
                plain &= c != '%' && c != '#' && c != '.';
            }
            if (!target.startsWith("/")) {
                path = null;
                return super.newHttpStream(method, target, version);
            }
            path = target;
            return super.newHttpStream(method, plain || isParsed(target) ? target : "/", version);
        }

        /** The Fetch standard's requests would take {@code get} for GET. */
        private static boolean isMethod(String method) {
            for (int i = 0; i < method.length(); i++) {
                char c = method.charAt(i);
                if (c >= 'a' && c <= 'z') return false;
            }
            return true;
        }

        /** Whether Jetty has no objection: no broken encoding, no fragment, and nothing above the root. */
        private static boolean isParsed(String target) {
            try {
                var uri = org.eclipse.jetty.http.HttpURI.from(target);
                return !uri.hasViolations() && uri.getFragment() == null && uri.getCanonicalPath() != null;
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }
}
