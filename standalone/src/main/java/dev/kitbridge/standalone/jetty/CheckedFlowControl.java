package dev.kitbridge.standalone.jetty;

import org.eclipse.jetty.http2.BufferingFlowControlStrategy;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;

/**
 * Closes a connection whose SETTINGS_INITIAL_WINDOW_SIZE makes the window of an open stream larger than 2^31-1 (RFC
 * 9113, section 6.9.2). Jetty's window would become negative.
 */
final class CheckedFlowControl extends BufferingFlowControlStrategy {

    /** Jetty's default: a window is opened again when half of it is used. */
    CheckedFlowControl() {
        super(0.5f);
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
