package dev.kitbridge.standalone.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.standalone.RawHttp2;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.http2.parser.ServerParser;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.RateControl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SETTINGS in buffers of any size: a connection's bytes are split anywhere. */
class Http2ParserTest implements ServerParser.Listener {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final List<String> events = new ArrayList<>();

    @Override
    public void onSettings(SettingsFrame frame) {
        events.add(frame.getSettings().toString());
    }

    @Override
    public void onConnectionFailure(int error, String reason) {
        events.add("error " + error + ": " + reason);
    }

    private List<String> parse(int bufferSize, int... settings) {
        Http2Parser parser = new Http2Parser(new ArrayByteBufferPool(), 8192, RateControl.NO_RATE_CONTROL);
        parser.setMaxSettingsKeys(Integer.MAX_VALUE);
        parser.init(this);
        byte[] frames = RawHttp2.settingsFrame(settings);
        ByteBuffer sent = ByteBuffer.allocate(PREFACE.length + 2 * frames.length)
                .put(PREFACE)
                .put(frames)
                .put(frames)
                .flip();
        while (sent.hasRemaining()) {
            byte[] part = new byte[Math.min(bufferSize, sent.remaining())];
            sent.get(part);
            parser.parse(ByteBuffer.wrap(part));
        }
        return events;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 1000})
    void largeValuesAreReadAsTheLargestInt(int bufferSize) {
        assertThat(parse(bufferSize, RawHttp2.HEADER_TABLE_SIZE, -1, RawHttp2.INITIAL_WINDOW_SIZE, 70_000))
                .containsExactly("{1=2147483647, 4=70000}", "{1=2147483647, 4=70000}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 1000})
    void theAdvisoryLimitOfFieldsDoesNotReachJetty(int bufferSize) {
        assertThat(parse(bufferSize, RawHttp2.MAX_HEADER_LIST_SIZE, 1)).containsExactly("{255=1}", "{255=1}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7})
    void anInvalidValueFailsAtItsLastByte(int bufferSize) {
        assertThat(parse(bufferSize, RawHttp2.INITIAL_WINDOW_SIZE, Integer.MIN_VALUE))
                .first()
                .isEqualTo("error 3: invalid_settings_initial_window_size");
    }
}
