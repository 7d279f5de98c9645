package dev.kitbridge.standalone.front;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.jspecify.annotations.Nullable;

/** HTTP/2 without what no app can use: extended CONNECT (RFC 8441) and the upgrade from HTTP/1.1. */
final class Http2 {

    /**
     * What a client may send of all its bodies before they are read. A connection's unread bytes count as buffered, and
     * many connections may do this at once.
     */
    private static final int CONNECTION_WINDOW = 256 * 1024;

    private static final int STREAM_WINDOW = 128 * 1024;

    private Http2() {}

    /** HTTP/2 that a client chooses with ALPN. */
    static ConnectionFactory overTls(HttpConfiguration http) {
        return limited(new HTTP2ServerConnectionFactory(http));
    }

    /** HTTP/2 without TLS, for clients that know beforehand that the server speaks it (RFC 9113, section 3.3). */
    static ConnectionFactory withPriorKnowledge(HttpConfiguration http) {
        return limited(new PriorKnowledge(http));
    }

    private static ConnectionFactory limited(AbstractHTTP2ServerConnectionFactory factory) {
        // Jetty treats it as a tunnel, whose body can neither be read nor discarded
        factory.setConnectProtocolEnabled(false);
        factory.setInitialSessionRecvWindow(CONNECTION_WINDOW);
        factory.setInitialStreamRecvWindow(STREAM_WINDOW);
        return factory;
    }

    /**
     * Ignores {@code Upgrade: h2c}, which RFC 9113 has removed: the request is answered with HTTP/1.1. Jetty would drop
     * a body in chunks that comes with it.
     */
    private static final class PriorKnowledge extends HTTP2CServerConnectionFactory {

        PriorKnowledge(HttpConfiguration http) {
            super(http);
        }

        @Override
        public @Nullable Connection upgradeConnection(
                Connector connector, EndPoint endPoint, MetaData.Request request, HttpFields.Mutable response) {
            if (!HttpMethod.PRI.is(request.getMethod())) return null;
            return super.upgradeConnection(connector, endPoint, request, response);
        }
    }
}
