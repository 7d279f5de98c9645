package dev.kitbridge.standalone.jetty;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.frames.Frame;
import org.eclipse.jetty.http2.frames.FrameType;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.http2.parser.ServerParser;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RateControl;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Checks each value of a SETTINGS frame before Jetty parses it (RFC 9113, section 6.5). Jetty checks only the last
 * value of an identifier. It reads values from 2^31 on as negative numbers, and sends no response after such a
 * SETTINGS_HEADER_TABLE_SIZE.
 */
final class Http2Parser extends ServerParser {

    /** Jetty's limit for a connection. The standard defines seven settings. */
    private static final int MOST_SETTINGS = 64;

    private static final int SETTING_BYTES = 6;

    /**
     * Jetty ignores it. It stands for SETTINGS_MAX_HEADER_LIST_SIZE, which is advisory: Jetty rejects 0 and values from
     * 2^31 on, and resets each stream whose response exceeds the limit.
     */
    private static final byte UNKNOWN_SETTING = (byte) 0xff;

    /** The number of bytes of the current frame's length that have been read. */
    private int lengthBytes;

    private int length;

    private boolean isHeaderComplete;

    /** The number of bytes of the current SETTINGS frame's payload that have been read. */
    private int payloadBytes;

    private int identifier;

    private long value;

    /** Whether the value is 2^31 or more; Jetty then gets 2^31-1. */
    private boolean exceedsInt;

    Http2Parser(ByteBufferPool pool, int maxHeaderSize, RateControl rateControl) {
        super(pool, maxHeaderSize, rateControl);
    }

    /** Jetty calls it again for each part of the first frame's payload, and would take that for another header. */
    @Override
    protected boolean parseHeader(ByteBuffer buffer) {
        if (isHeaderComplete) return true;
        for (int i = buffer.position(); lengthBytes < 3 && i < buffer.limit(); i++, lengthBytes++) {
            length = length << 8 | (buffer.get(i) & 0xff);
        }
        isHeaderComplete = super.parseHeader(buffer);
        return isHeaderComplete;
    }

    @Override
    protected boolean parseBody(ByteBuffer buffer) {
        if (getFrameType() == FrameType.SETTINGS.getType() && !checkSettings(buffer)) return false;
        if (!super.parseBody(buffer)) return false;
        isHeaderComplete = false;
        lengthBytes = 0;
        length = 0;
        payloadBytes = 0;
        return true;
    }

    /** Reads the buffer's part of the frame, and leaves it for Jetty. */
    private boolean checkSettings(ByteBuffer buffer) {
        if (length > MOST_SETTINGS * SETTING_BYTES) {
            return fail(buffer, ErrorCode.ENHANCE_YOUR_CALM_ERROR, "too_many_settings");
        }
        for (int i = buffer.position(); payloadBytes < length && i < buffer.limit(); i++) {
            int part = payloadBytes++ % SETTING_BYTES;
            int octet = buffer.get(i) & 0xff;
            if (part < 2) {
                identifier = part == 0 ? octet : identifier << 8 | octet;
                if (part == 1 && identifier == SettingsFrame.MAX_HEADER_LIST_SIZE) buffer.put(i, UNKNOWN_SETTING);
                continue;
            }
            if (part == 2) {
                exceedsInt = octet > Byte.MAX_VALUE;
                value = 0;
            }
            value = value << 8 | octet;
            if (exceedsInt) buffer.put(i, part == 2 ? Byte.MAX_VALUE : (byte) 0xff);
            if (part == SETTING_BYTES - 1 && !checkSetting(buffer)) return false;
        }
        return true;
    }

    private boolean checkSetting(ByteBuffer buffer) {
        if (identifier == SettingsFrame.INITIAL_WINDOW_SIZE && value > Integer.MAX_VALUE) {
            return fail(buffer, ErrorCode.FLOW_CONTROL_ERROR, "invalid_settings_initial_window_size");
        }
        if (identifier == SettingsFrame.ENABLE_PUSH && value > 1) {
            return fail(buffer, ErrorCode.PROTOCOL_ERROR, "invalid_settings_enable_push");
        }
        boolean isFrameSize = value >= Frame.DEFAULT_MAX_SIZE && value <= Frame.MAX_MAX_SIZE;
        if (identifier == SettingsFrame.MAX_FRAME_SIZE && !isFrameSize) {
            return fail(buffer, ErrorCode.PROTOCOL_ERROR, "invalid_settings_max_frame_size");
        }
        return true;
    }

    private boolean fail(ByteBuffer buffer, ErrorCode error, String reason) {
        BufferUtil.clear(buffer);
        notifyConnectionFailure(error.code, reason);
        return false;
    }
}
