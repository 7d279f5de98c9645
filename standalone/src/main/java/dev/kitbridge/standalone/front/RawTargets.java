package dev.kitbridge.standalone.front;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
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

    private static final String UNREADABLE = "/badMessage";

    RawTargets(HttpConfiguration configuration) {
        super(configuration);
    }

    /** Path and query as they were sent; null if the target has none. */
    public static @Nullable String of(Request request) {
        String sent = sent(request);
        return sent != null && sent.startsWith("/")
                ? sent
                : request.getHttpURI().getPathQuery();
    }

    /** The whole target as it was sent, a refused one too; null if there is none that could be read. */
    public static @Nullable String sent(Request request) {
        String sent = request.getConnectionMetaData() instanceof Keeping connection ? connection.sent : null;
        if (sent != null) return sent;
        String path = request.getHttpURI().getPathQuery();
        // Jetty's own stand-in for a request line that it could not parse; no handler has seen it
        return UNREADABLE.equals(path) && Observed.of(request) == null ? null : path;
    }

    /** Whether the target of an HTTP/1.1 request is a whole URL, as in requests for a proxy. */
    static boolean isAbsolute(Request request) {
        String sent = request.getConnectionMetaData() instanceof Keeping connection ? connection.sent : null;
        return sent != null && !sent.startsWith("/");
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        HttpConnection connection = new Keeping(getHttpConfiguration(), connector, endPoint);
        connection.setTransferEncodingChunkMaxLength(getTransferEncodingChunkMaxLength());
        return configure(connection, connector, endPoint);
    }

    /** One request at a time, so that there is one target to keep. */
    private static final class Keeping extends HttpConnection {

        private volatile @Nullable String sent;

        /** The method of a request that was refused here, for which Jetty makes a stand-in. */
        private @Nullable String refused;

        Keeping(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
            super(configuration, connector, endPoint);
        }

        @Override
        protected HttpStreamOverHTTP1 newHttpStream(String method, String target, HttpVersion version) {
            String known = refused;
            if (known != null && target.equals(UNREADABLE)) {
                refused = null;
                return super.newHttpStream(known, target, version);
            }
            sent = target.equals(UNREADABLE) ? null : target;
            // the stand-in for a refused CONNECT would need an authority, and fail again
            refused = HttpMethod.CONNECT.is(method) ? null : method;
            if (!isMethod(method)) throw new HttpException.RuntimeException(400, "the method is '" + method + "'");
            boolean plain = true;
            for (int i = 0; i < target.length(); i++) {
                char c = target.charAt(i);
                if (c <= ' ' || c >= 0x7f) throw new HttpException.RuntimeException(400, "the target is not ASCII");
                plain &= c != '%' && c != '#' && c != '.';
            }
            boolean passed = !target.startsWith("/") || plain || isParsed(target);
            HttpStreamOverHTTP1 stream = new WithoutUpgrade(method, passed ? target : "/", version);
            refused = null;
            return stream;
        }

        /** Ignores {@code Upgrade}: Jetty refuses it if {@code Connection} does not name it. The app sees the field. */
        private final class WithoutUpgrade extends HttpStreamOverHTTP1 {

            WithoutUpgrade(String method, String target, HttpVersion version) {
                super(method, target, version);
            }

            @Override
            public void parsedHeader(HttpField field) {
                boolean upgrade = field.getHeader() == HttpHeader.UPGRADE;
                super.parsedHeader(upgrade ? new HttpField(null, field.getName(), field.getValue()) : field);
            }
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
