package dev.kitbridge.standalone.front;

import dev.kitbridge.standalone.jetty.CheckedFlowControl;
import java.net.SocketAddress;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The stream that a request came on: one of an HTTP/2 connection, or an HTTP/1.1 connection as a whole.
 *
 * @param connection the client's
 * @param id of the HTTP/2 stream, 0 for HTTP/1.1
 */
record RequestStream(Connection connection, int id) {

    /** Returns the stream of a request. Loads the classes of HTTP/2 for an HTTP/2 request only. */
    static RequestStream of(Request request) {
        var metaData = request.getConnectionMetaData();
        boolean framed = metaData.getHttpVersion().getVersion() >= 20;
        return new RequestStream(metaData.getConnection(), framed ? Integer.parseInt(request.getId()) : 0);
    }

    /** Returns the bytes of memory that the unread part of the body takes; 0 for HTTP/1.1, which reads on demand. */
    long unread() {
        HTTP2Stream stream = stream();
        return stream == null ? 0 : CheckedFlowControl.unreadBytes(stream);
    }

    /** Returns whether an HTTP/2 client has ended the stream without a body. */
    boolean isEmpty() {
        HTTP2Stream stream = stream();
        return stream != null && stream.isRemotelyClosed() && stream.getDataLength() == 0;
    }

    /** Returns the client's address, for the log. */
    SocketAddress client() {
        return connection.getEndPoint().getRemoteSocketAddress();
    }

    /** Resets an HTTP/2 stream, or closes an HTTP/1.1 connection. */
    void disconnect(DisconnectReason reason) {
        reason.record(client());
        if (id == 0) {
            connection.getEndPoint().close();
            return;
        }
        HTTP2Stream stream = stream();
        if (stream != null) {
            stream.reset(new ResetFrame(id, ErrorCode.ENHANCE_YOUR_CALM_ERROR.code), Callback.NOOP);
        }
    }

    private @Nullable HTTP2Stream stream() {
        return id != 0 && connection instanceof HTTP2Connection http2
                ? http2.getSession().getStream(id)
                : null;
    }
}
