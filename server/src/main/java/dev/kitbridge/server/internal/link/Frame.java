package dev.kitbridge.server.internal.link;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The frames of the link between server and worker, which carries many requests at a time over one socket. A frame
 * consists of a header and a payload. The header has the length of the payload (four bytes, big endian), the type (one
 * byte), and the id of the request (four bytes). Texts are ISO 8859-1 and separated by NUL. {@code link.mjs} is the
 * other end.
 *
 * <p>Bodies flow in both directions within a window: a side sends at most {@link #WINDOW} bytes more than the other has
 * given credit for.
 */
public final class Frame {

    /** Version of this format, {@code VERSION} in {@code frame.mjs}; a change of the frames increases both. */
    public static final int VERSION = 4;

    /**
     * To the worker: method, URL, "1" if there is a body, client address, protocol, platform, names and values of the
     * headers.
     */
    public static final byte REQUEST = 1;

    /** Both ways: bytes of a body. */
    public static final byte DATA = 2;

    /** Both ways: the body is complete. To the server, the payload has what {@code :used} and {@code :tags} have. */
    public static final byte END = 3;

    /** To the worker: the client has disconnected; stop rendering. */
    public static final byte CANCEL = 4;

    /** Both ways: the number of further bytes that may be sent. */
    public static final byte CREDIT = 5;

    /** To the worker: health check, answered with {@link #PONG}. */
    public static final byte PING = 6;

    /** To the worker: shut down; the payload is the reason. */
    public static final byte SHUTDOWN = 7;

    /** To the server, the first frame: the app has started. Payload: {@link #VERSION} of the worker's modules. */
    public static final byte READY = 8;

    /** To the server: status, names and values of the headers; the body follows. */
    public static final byte HEAD = 9;

    /** To the server: length of the head, the head as in {@link #HEAD}, the whole body. */
    public static final byte ANSWER = 10;

    /** Both ways: the body failed; the payload is the reason. */
    public static final byte RESET = 11;

    /** To the server: bytes of heap in use, its limit, bytes of memory in all. */
    public static final byte PONG = 12;

    /** To the server: JSON with the paths and tags of the pages to revalidate. The id is one of the worker's own. */
    public static final byte REVALIDATE = 13;

    /** To the worker: JSON with the replicas that were not reached, or with an error. */
    public static final byte REVALIDATED = 14;

    /** Bytes before the payload. */
    public static final int HEADER = 9;

    /** Bytes that may be in flight without credit. */
    public static final int WINDOW = 256 * 1024;

    /** The largest payload. */
    public static final int LARGEST = WINDOW + 64 * 1024;

    private Frame() {}

    /** Returns a frame without a payload. */
    public static ByteBuffer empty(byte type, int id) {
        return ByteBuffer.allocate(HEADER).putInt(0).put(type).putInt(id).flip();
    }

    /** Returns a frame whose payload is a number of four bytes. */
    public static ByteBuffer number(byte type, int id, int number) {
        return ByteBuffer.allocate(HEADER + 4)
                .putInt(4)
                .put(type)
                .putInt(id)
                .putInt(number)
                .flip();
    }

    /** Returns a frame whose payload is a text in ISO 8859-1. */
    public static ByteBuffer text(byte type, int id, String text) {
        return of(type, id, ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Returns a frame of type {@link #DATA}. */
    public static ByteBuffer data(int id, ByteBuffer content) {
        return of(DATA, id, content);
    }

    /** Returns a frame with a payload, which is read to its end. */
    public static ByteBuffer of(byte type, int id, ByteBuffer payload) {
        int length = payload.remaining();
        return ByteBuffer.allocate(HEADER + length)
                .putInt(length)
                .put(type)
                .putInt(id)
                .put(payload)
                .flip();
    }

    /** Reads a payload to its end, as a text in ISO 8859-1. */
    public static String text(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
