package dev.kitbridge.standalone;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.hpack.HpackDecoder;
import org.eclipse.jetty.http2.hpack.HpackException;

/**
 * An HTTP/2 client that sends any frame, valid or not, and reads frames only when asked to (RFC 9113). It acknowledges
 * nothing, opens no flow-control window and answers no PING by itself.
 */
public final class RawHttp2 implements Closeable {

    /** Frame types (RFC 9113, section 6). */
    public static final int DATA = 0,
            HEADERS = 1,
            PRIORITY = 2,
            RST_STREAM = 3,
            SETTINGS = 4,
            PUSH_PROMISE = 5,
            PING = 6,
            GOAWAY = 7,
            WINDOW_UPDATE = 8,
            CONTINUATION = 9;

    /** Frame flags. ACK has the value of END_STREAM. */
    public static final int NONE = 0, END_STREAM = 1, ACK = 1, END_HEADERS = 4, PADDED = 8, PRIORITIZED = 0x20;

    /** Settings (RFC 9113, section 6.5.2; RFC 8441, section 3). */
    public static final int HEADER_TABLE_SIZE = 1,
            ENABLE_PUSH = 2,
            MAX_CONCURRENT_STREAMS = 3,
            INITIAL_WINDOW_SIZE = 4,
            MAX_FRAME_SIZE = 5,
            MAX_HEADER_LIST_SIZE = 6,
            ENABLE_CONNECT_PROTOCOL = 8;

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final int HEADER = 9;

    private final Socket socket;
    private final InputStream in;
    private final HpackDecoder decoder = new HpackDecoder(1 << 20, System::nanoTime);

    /** The part of the next frame that has been read: a timeout may interrupt a frame. */
    private byte[] partial = new byte[HEADER];

    private int filled;

    /**
     * A frame.
     *
     * @param type one of the constants, or any other number
     * @param flags bits
     * @param stream stream identifier, 0 for the connection
     */
    public record Frame(int type, int flags, int stream, byte[] payload) {

        public boolean has(int flag) {
            return (flags & flag) != 0;
        }

        /**
         * The 32-bit number at an offset of the payload: 4 for the error code of a GOAWAY, 0 for that of a RST_STREAM.
         */
        public int number(int offset) {
            return ByteBuffer.wrap(payload).getInt(offset);
        }

        /** The values of a SETTINGS frame. */
        public Map<Integer, Integer> settings() {
            Map<Integer, Integer> values = new LinkedHashMap<>();
            ByteBuffer left = ByteBuffer.wrap(payload);
            while (left.remaining() >= 6) values.put((int) left.getShort(), left.getInt());
            return values;
        }

        @Override
        public String toString() {
            return "type " + type + ", flags " + flags + ", stream " + stream + ", " + payload.length + " bytes";
        }
    }

    /**
     * The outcome of a stream.
     *
     * @param status of the response, 0 if no HEADERS came
     * @param headers fields, repeated ones joined with a comma
     * @param body bytes as ISO 8859-1
     * @param error {@code "RST_STREAM 7"}, {@code "GOAWAY 11"} or {@code "closed"}; empty if the stream ended
     */
    public record Answer(int status, Map<String, String> headers, String body, String error) {}

    private RawHttp2(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    /** Connects without TLS and sends nothing. */
    public static RawHttp2 plain(SocketAddress address) throws IOException {
        return plain(address, 0);
    }

    /** @param receiveBuffer bytes that the kernel takes before the server has to wait; 0 for the default */
    public static RawHttp2 plain(SocketAddress address, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        if (receiveBuffer > 0) socket.setReceiveBufferSize(receiveBuffer);
        socket.connect(address);
        socket.setTcpNoDelay(true);
        return new RawHttp2(socket);
    }

    /** Connects with TLS, agrees on {@code h2} with ALPN and sends nothing more. */
    public static RawHttp2 tls(SocketAddress address) throws IOException, GeneralSecurityException {
        InetSocketAddress target = (InetSocketAddress) address;
        SSLSocket socket =
                (SSLSocket) Check.trusting().getSocketFactory().createSocket(target.getAddress(), target.getPort());
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.setTcpNoDelay(true);
        socket.startHandshake();
        if (!socket.getApplicationProtocol().equals("h2")) {
            socket.close();
            throw new IOException("the server chose '" + socket.getApplicationProtocol() + "' instead of h2");
        }
        return new RawHttp2(socket);
    }

    /** Sends bytes as they are. */
    public RawHttp2 raw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends the connection preface and SETTINGS. */
    public RawHttp2 preface(int... settings) throws IOException {
        return raw(PREFACE).settings(settings);
    }

    /** Sends a frame. */
    public RawHttp2 frame(int type, int flags, int stream, byte... payload) throws IOException {
        return raw(bytes(type, flags, stream, payload));
    }

    /** A frame's bytes, for several frames in one packet. */
    public static byte[] bytes(int type, int flags, int stream, byte... payload) {
        return ByteBuffer.allocate(HEADER + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** @param identifiersAndValues in turn */
    public RawHttp2 settings(int... identifiersAndValues) throws IOException {
        return raw(settingsFrame(identifiersAndValues));
    }

    /** A SETTINGS frame's bytes. */
    public static byte[] settingsFrame(int... identifiersAndValues) {
        ByteBuffer payload = ByteBuffer.allocate(identifiersAndValues.length * 3);
        for (int i = 0; i < identifiersAndValues.length; i += 2) {
            payload.putShort((short) identifiersAndValues[i]).putInt(identifiersAndValues[i + 1]);
        }
        return bytes(SETTINGS, NONE, 0, payload.array());
    }

    /** Sends HEADERS with END_HEADERS. */
    public RawHttp2 headers(int stream, boolean last, String... namesAndValues) throws IOException {
        return frame(HEADERS, END_HEADERS | (last ? END_STREAM : 0), stream, block(namesAndValues));
    }

    /** Sends a GET of {@code a.test}. */
    public RawHttp2 get(int stream, String path, String... namesAndValues) throws IOException {
        return request(stream, true, "GET", path, namesAndValues);
    }

    /** Sends the HEADERS of a request of {@code a.test}. */
    public RawHttp2 request(int stream, boolean last, String method, String path, String... namesAndValues)
            throws IOException {
        String[] all = new String[8 + namesAndValues.length];
        String[] pseudo = {":method", method, ":scheme", "http", ":authority", "a.test", ":path", path};
        System.arraycopy(pseudo, 0, all, 0, 8);
        System.arraycopy(namesAndValues, 0, all, 8, namesAndValues.length);
        return headers(stream, last, all);
    }

    public RawHttp2 data(int stream, boolean last, byte... content) throws IOException {
        return frame(DATA, last ? END_STREAM : NONE, stream, content);
    }

    /** @param stream 0 for the connection */
    public RawHttp2 windowUpdate(int stream, int increment) throws IOException {
        return frame(WINDOW_UPDATE, NONE, stream, number(increment));
    }

    public RawHttp2 reset(int stream, int error) throws IOException {
        return frame(RST_STREAM, NONE, stream, number(error));
    }

    public RawHttp2 ping() throws IOException {
        return frame(PING, NONE, 0, new byte[8]);
    }

    public RawHttp2 acknowledgeSettings() throws IOException {
        return frame(SETTINGS, ACK, 0);
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    /** A field block: each field as a literal that is not indexed, without Huffman coding (RFC 7541, section 6.2.2). */
    public static byte[] block(String... namesAndValues) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            block.write(0);
            string(namesAndValues[i], block);
            string(namesAndValues[i + 1], block);
        }
        return block.toByteArray();
    }

    private static void string(String text, ByteArrayOutputStream block) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < 127) {
            block.write(bytes.length);
        } else {
            block.write(127);
            int left = bytes.length - 127;
            for (; left >= 128; left >>>= 7) block.write(0x80 | (left & 0x7f));
            block.write(left);
        }
        block.writeBytes(bytes);
    }

    /**
     * Reads the next frame.
     *
     * @return null if the server closed the connection
     * @throws SocketTimeoutException if none arrived in time; what arrived of it is kept
     */
    public Frame read(Duration timeout) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        while (filled < partial.length) {
            int missing = fill(end);
            if (missing < 0) return null;
            int size = HEADER + ((partial[0] & 0xff) << 16 | (partial[1] & 0xff) << 8 | partial[2] & 0xff);
            if (filled >= HEADER && partial.length < size) partial = java.util.Arrays.copyOf(partial, size);
        }
        ByteBuffer frame = ByteBuffer.wrap(partial);
        int type = frame.get(3);
        int flags = frame.get(4) & 0xff;
        int stream = frame.getInt(5) & Integer.MAX_VALUE;
        byte[] payload = java.util.Arrays.copyOfRange(partial, HEADER, partial.length);
        partial = new byte[HEADER];
        filled = 0;
        return new Frame(type, flags, stream, payload);
    }

    private int fill(long end) throws IOException {
        long left = end - System.nanoTime();
        if (left <= 0) throw new SocketTimeoutException("no frame arrived in time");
        socket.setSoTimeout((int) (left / 1_000_000) + 1);
        int count;
        try {
            count = in.read(partial, filled, partial.length - filled);
        } catch (SocketException e) {
            return -1;
        }
        filled += Math.max(0, count);
        return count;
    }

    /** Reads until a frame of this type comes; null if the server closed the connection. */
    public Frame await(int type, Duration timeout) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        while (true) {
            Frame frame = read(Duration.ofNanos(end - System.nanoTime()));
            if (frame == null || frame.type() == type) return frame;
        }
    }

    /** Reads until the server closes the connection: the last GOAWAY's error code, -1 if none came. */
    public int awaitEnd(Duration timeout) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        int error = -1;
        while (true) {
            Frame frame = read(Duration.ofNanos(end - System.nanoTime()));
            if (frame == null) return error;
            if (frame.type() == GOAWAY) error = frame.number(4);
        }
    }

    /** Reads one stream's response; frames of other streams are dropped, but their fields are decoded. */
    public Answer answer(int stream, Duration timeout) throws IOException {
        return answers(Set.of(stream), timeout).get(stream);
    }

    /** Reads the responses of several streams. */
    public Map<Integer, Answer> answers(Set<Integer> streams, Duration timeout) throws IOException {
        long end = System.nanoTime() + timeout.toNanos();
        Map<Integer, Answer> answers = new LinkedHashMap<>();
        Set<Integer> open = new TreeSet<>(streams);
        for (int stream : open) answers.put(stream, new Answer(0, Map.of(), "", ""));
        while (!open.isEmpty()) {
            Frame frame = read(Duration.ofNanos(end - System.nanoTime()));
            String failure = frame == null ? "closed" : frame.type() == GOAWAY ? "GOAWAY " + frame.number(4) : "";
            if (frame == null || frame.type() == GOAWAY && frame.number(4) != 0) {
                for (int stream : open) answers.computeIfPresent(stream, (key, answer) -> failed(answer, failure));
                return answers;
            }
            // every field block must be decoded, since the decoder's table belongs to the connection
            MetaData fields = frame.type() == HEADERS ? fields(frame, end) : null;
            if (!open.contains(frame.stream())) continue;
            Answer answer = java.util.Objects.requireNonNull(answers.get(frame.stream()));
            if (fields != null) answer = headed(answer, fields);
            if (frame.type() == DATA) {
                String content = new String(frame.payload(), StandardCharsets.ISO_8859_1);
                answer = new Answer(answer.status(), answer.headers(), answer.body() + content, "");
            }
            if (frame.type() == RST_STREAM) answer = failed(answer, "RST_STREAM " + frame.number(0));
            answers.put(frame.stream(), answer);
            boolean last = (frame.type() == HEADERS || frame.type() == DATA) && frame.has(END_STREAM);
            if (last || frame.type() == RST_STREAM) open.remove(frame.stream());
        }
        return answers;
    }

    private static Answer failed(Answer answer, String error) {
        return new Answer(answer.status(), answer.headers(), answer.body(), error);
    }

    private static Answer headed(Answer answer, MetaData fields) {
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        for (HttpField field : fields.getHttpFields()) {
            headers.merge(field.getLowerCaseName(), String.valueOf(field.getValue()), (one, two) -> one + ", " + two);
        }
        int status = fields instanceof MetaData.Response response ? response.getStatus() : answer.status();
        return new Answer(status, headers, answer.body(), "");
    }

    /** The status in a HEADERS frame and the CONTINUATION frames after it; empty if it holds trailers. */
    public String status(Frame headers) throws IOException {
        MetaData fields =
                fields(headers, System.nanoTime() + Duration.ofSeconds(10).toNanos());
        return fields instanceof MetaData.Response response ? String.valueOf(response.getStatus()) : "";
    }

    /** The fields of HEADERS and the CONTINUATION frames after it. */
    private MetaData fields(Frame first, long end) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(first.payload());
        for (Frame frame = first; !frame.has(END_HEADERS); block.writeBytes(frame.payload())) {
            frame = read(Duration.ofNanos(end - System.nanoTime()));
            if (frame == null) throw new IOException("the connection ended within a field block");
        }
        try {
            return decoder.decode(ByteBuffer.wrap(block.toByteArray()));
        } catch (HpackException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
