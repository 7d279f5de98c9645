package dev.kitbridge.standalone.jetty;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.SessionContainer;
import org.eclipse.jetty.http2.api.server.ServerSessionListener;
import org.eclipse.jetty.http2.generator.Generator;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.internal.HTTP2ServerConnection;
import org.eclipse.jetty.http2.server.internal.HTTP2ServerSession;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Creates HTTP/2 connections that check SETTINGS as RFC 9113 requires, without the features that no app can use:
 * extended CONNECT (RFC 8441) and the upgrade from HTTP/1.1.
 */
public class Http2ConnectionFactory extends HTTP2ServerConnectionFactory {

    /**
     * The bytes of all bodies that a client may send before they are read. A connection's unread bytes count as
     * buffered, and many connections may do this at once.
     */
    private static final int CONNECTION_WINDOW = 256 * 1024;

    private static final int STREAM_WINDOW = 128 * 1024;

    private Http2ConnectionFactory(HttpConfiguration http, String protocol) {
        super(http, protocol);
        // Jetty treats it as a tunnel, whose body can neither be read nor discarded
        setConnectProtocolEnabled(false);
        setInitialSessionRecvWindow(CONNECTION_WINDOW);
        setInitialStreamRecvWindow(STREAM_WINDOW);
        setFlowControlStrategyFactory(CheckedFlowControl::new);
        // Jetty counts the settings of all frames together, Http2Parser those of each
        setMaxSettingsKeys(Integer.MAX_VALUE);
    }

    /** HTTP/2 that a client chooses with ALPN. */
    public static ConnectionFactory overTls(HttpConfiguration http) {
        return new Http2ConnectionFactory(http, "h2");
    }

    /** HTTP/2 without TLS, for clients that know beforehand that the server speaks it (RFC 9113, section 3.3). */
    public static ConnectionFactory withPriorKnowledge(HttpConfiguration http) {
        return new PriorKnowledge(http);
    }

    /** Repeats Jetty's own method, which does not accept another parser. */
    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        HttpConfiguration http = getHttpConfiguration();
        ServerSessionListener listener = newSessionListener(connector, endPoint);
        Generator generator = new Generator(
                connector.getByteBufferPool(), isUseOutputDirectByteBuffers(), getMaxHeaderBlockFragment());
        generator.getHpackEncoder().setMaxHeaderListSize(http.getMaxResponseHeaderSize());
        Http2Parser parser = new Http2Parser(
                connector.getByteBufferPool(),
                http.getRequestHeaderSize(),
                getRateControlFactory().newRateControl(endPoint));
        parser.setMaxSettingsKeys(getMaxSettingsKeys());
        HTTP2ServerSession session = new HTTP2ServerSession(
                connector.getScheduler(),
                endPoint,
                parser,
                generator,
                listener,
                getFlowControlStrategyFactory().newFlowControlStrategy());
        session.setMaxLocalStreams(getMaxConcurrentStreams());
        session.setMaxRemoteStreams(getMaxConcurrentStreams());
        session.setMaxEncoderTableCapacity(getMaxEncoderTableCapacity());
        session.setStreamIdleTimeout(endPoint.getIdleTimeout());
        session.setInitialSessionRecvWindow(getInitialSessionRecvWindow());
        session.setWriteThreshold(http.getOutputBufferSize());
        session.setConnectProtocolEnabled(isConnectProtocolEnabled());
        HTTP2ServerConnection connection = new HTTP2ServerConnection(connector, endPoint, http, session, listener);
        connection.setUseInputDirectByteBuffers(isUseInputDirectByteBuffers());
        connection.setUseOutputDirectByteBuffers(isUseOutputDirectByteBuffers());
        connection.addEventListener(getBean(SessionContainer.class));
        getEventListeners().forEach(session::addEventListener);
        parser.init(connection);
        return configure(connection, connector, endPoint);
    }

    /**
     * Ignores {@code Upgrade: h2c}, which RFC 9113 has removed: the request is answered with HTTP/1.1. Jetty would drop
     * a chunked body that comes with it.
     */
    private static final class PriorKnowledge extends Http2ConnectionFactory implements ConnectionFactory.Upgrading {

        PriorKnowledge(HttpConfiguration http) {
            super(http, "h2c");
        }

        /** ALPN does not offer it. */
        @Override
        public boolean isAcceptable(String protocol, String tlsProtocol, String tlsCipher) {
            return false;
        }

        @Override
        public @Nullable Connection upgradeConnection(
                Connector connector, EndPoint endPoint, MetaData.Request request, HttpFields.Mutable response) {
            if (!HttpMethod.PRI.is(request.getMethod())) return null;
            HTTP2ServerConnection connection = (HTTP2ServerConnection) newConnection(connector, endPoint);
            return connection.upgrade(request, response) ? connection : null;
        }
    }
}
