package dev.kitbridge.services;

import dev.kitbridge.server.internal.link.Frame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The types of the {@linkplain Frame frames} between a worker and its services; {@code wire.mjs} is the worker's end.
 * JSON is in UTF-8. The id of a frame is the id of the call, of the request for {@link #OPEN} and {@link #CLOSE}, or of
 * the revalidation.
 */
final class ServiceFrame {

    /** Version of this format, {@code VERSION} in {@code wire.mjs}; a change of the frames increases both. */
    static final int VERSION = 2;

    /** To the services: a request is about to make calls. Payload: its context as JSON. */
    static final byte OPEN = 1;

    /** To the services: id of the request, name of the service, name of the method, arguments as a JSON array. */
    static final byte CALL = 2;

    /** To the services: the app no longer needs the result. */
    static final byte CANCEL = 3;

    /** To the services: the number of further bytes of a stream that may be sent. */
    static final byte CREDIT = 4;

    /**
     * To the services: the request has ended, which ends its streams. With a payload, the request was cancelled, which
     * ends its calls too.
     */
    static final byte CLOSE = 5;

    /** To the worker: the result as JSON; empty for a method without a result. */
    static final byte RESULT = 6;

    /** To the worker: the error of a call, as JSON; in place of the result, or within a stream. */
    static final byte ERROR = 7;

    /** To the worker: the result is a stream. */
    static final byte STREAM = 8;

    /** To the worker: an item of a stream, as JSON. */
    static final byte ITEM = 9;

    /** To the worker: the stream is complete. */
    static final byte END = 10;

    /**
     * To the services, the first frame of a connection. Payload: {@link #VERSION} of the client as an int, and a
     * further byte if the client has a page cache.
     */
    static final byte HELLO = 11;

    /** To a client that has a page cache: a service revalidates pages. Payload: the pages as JSON. */
    static final byte REVALIDATE = 12;

    /** To the services: the pages of {@link #REVALIDATE} are revalidated. Payload: the result as JSON. */
    static final byte REVALIDATED = 13;

    private ServiceFrame() {}

    /** Returns a frame with JSON as its payload. */
    static ByteBuffer json(byte type, int id, String json) {
        return Frame.of(type, id, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }
}
