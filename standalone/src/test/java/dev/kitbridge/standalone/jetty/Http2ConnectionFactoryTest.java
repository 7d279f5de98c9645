package dev.kitbridge.standalone.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;

/** The factory repeats Jetty's own method, so that a new version of Jetty may add to that. */
class Http2ConnectionFactoryTest {

    private final LocalConnector connector = new LocalConnector(new Server());

    @Test
    void aConnectionIsConfiguredAsJettysOwn() {
        HttpConfiguration http = new HttpConfiguration();
        Http2ConnectionFactory ours = (Http2ConnectionFactory) Http2ConnectionFactory.overTls(http);
        HTTP2ServerConnectionFactory jettys = new HTTP2ServerConnectionFactory(http);
        jettys.setConnectProtocolEnabled(false);
        jettys.setInitialSessionRecvWindow(ours.getInitialSessionRecvWindow());

        assertThat(configuration(ours)).isEqualTo(configuration(jettys));
    }

    private List<Object> configuration(HTTP2ServerConnectionFactory factory) {
        ByteArrayEndPoint endPoint = new ByteArrayEndPoint(connector.getScheduler(), 12_345);
        HTTP2Connection connection = (HTTP2Connection) factory.newConnection(connector, endPoint);
        HTTP2Session session = connection.getSession();
        List<Object> configuration = new ArrayList<>();
        configuration.add(connection.isUseInputDirectByteBuffers());
        configuration.add(connection.isUseOutputDirectByteBuffers());
        configuration.add(connection.getInputBufferSize());
        configuration.add(session.getMaxLocalStreams());
        configuration.add(session.getMaxRemoteStreams());
        configuration.add(session.getMaxTotalLocalStreams());
        configuration.add(session.getMaxEncoderTableCapacity());
        configuration.add(session.getStreamIdleTimeout());
        configuration.add(session.getInitialSessionRecvWindow());
        configuration.add(session.getWriteThreshold());
        configuration.add(session.isConnectProtocolEnabled());
        configuration.add(session.isPushEnabled());
        configuration.add(session.getEventListeners().size());
        configuration.add(session.getParser().getMaxFrameSize());
        configuration.add(session.getParser().getHpackDecoder().getMaxHeaderListSize());
        configuration.add(session.getParser().getHpackDecoder().getMaxTableCapacity());
        configuration.add(session.getGenerator().getHpackEncoder().getMaxHeaderListSize());
        configuration.add(session.getGenerator().getHpackEncoder().getTableCapacity());
        configuration.add(
                session.getFlowControlStrategy().getClass().getSuperclass().getPackageName());
        return configuration;
    }
}
