package dev.kitbridge.standalone.jetty;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http2.BufferingFlowControlStrategy;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.FlowControlStrategy;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;

/**
 * Flow control of one connection that also counts unread DATA frames. It closes the connection if a SETTINGS frame
 * makes the window of an open stream larger than 2^31-1 (RFC 9113, section 6.9.2): Jetty's window would become
 * negative.
 */
public final class CheckedFlowControl extends BufferingFlowControlStrategy {

    /** The heap that one DATA frame takes beside its content until it is read: measured with Jetty 12.1. */
    private static final long FRAME_BYTES = 160;

    /** Unread DATA frames by stream. */
    private final Map<Integer, AtomicLong> unread = new ConcurrentHashMap<>();

    /** As Jetty's default: a window is opened again when half of it is used. */
    CheckedFlowControl() {
        super(0.5f);
    }

    /** Returns the bytes that a stream's unread DATA frames take in memory. */
    public static long unreadBytes(HTTP2Stream stream) {
        FlowControlStrategy strategy = stream.getSession().getFlowControlStrategy();
        AtomicLong frames = ((CheckedFlowControl) strategy).unread.get(stream.getId());
        return stream.getDataLength() + (frames == null ? 0 : frames.get() * FRAME_BYTES);
    }

    @Override
    public void onDataReceived(Session session, Stream stream, int length) {
        if (stream != null)
            unread.computeIfAbsent(stream.getId(), id -> new AtomicLong()).incrementAndGet();
        super.onDataReceived(session, stream, length);
    }

    @Override
    public void onDataConsumed(Session session, Stream stream, int length) {
        AtomicLong frames = stream == null ? null : unread.get(stream.getId());
        if (frames != null) frames.decrementAndGet();
        super.onDataConsumed(session, stream, length);
    }

    @Override
    public void onStreamDestroyed(Stream stream) {
        unread.remove(stream.getId());
        super.onStreamDestroyed(stream);
    }

    @Override
    public void updateInitialStreamWindow(Session session, int window, boolean local) {
        if (!local) {
            long change = (long) window - getInitialStreamSendWindow();
            for (Stream stream : session.getStreams()) {
                if (((HTTP2Stream) stream).getSendWindow() + change <= Integer.MAX_VALUE) continue;
                ((HTTP2Session) session)
                        .onConnectionFailure(ErrorCode.FLOW_CONTROL_ERROR.code, "invalid_settings_initial_window_size");
                return;
            }
        }
        super.updateInitialStreamWindow(session, window, local);
    }
}
