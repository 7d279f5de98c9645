package dev.kitbridge.services;

import dev.kitbridge.server.link.Frame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What is said between a worker and its services, in the form of {@link Frame}. {@code services.mjs} is the other end.
 * JSON is UTF-8. The number of a frame is that of the call, or, for {@link #OPEN} and {@link #CLOSE}, that of the
 * request on whose behalf there are calls.
 */
final class Message {

    /** To the services: a request is about to call; its context as JSON. */
    static final byte OPEN = 1;

    /** To the services: number of the request, name of the service, name of the method, arguments as a JSON array. */
    static final byte CALL = 2;

    /** To the services: nobody waits for the result any more. */
    static final byte CANCEL = 3;

    /** To the services: that many more bytes of a stream may be sent. */
    static final byte CREDIT = 4;

    /** To the services: the request is over: its streams end. With a payload, it was cancelled: so do its calls. */
    static final byte CLOSE = 5;

    /** To the worker: the result as JSON; empty for none. */
    static final byte RESULT = 6;

    /** To the worker, instead of a result or within a stream: what went wrong, as JSON. */
    static final byte ERROR = 7;

    /** To the worker: the result is a stream. */
    static final byte STREAM = 8;

    /** To the worker: an item of a stream, as JSON. */
    static final byte ITEM = 9;

    /** To the worker: the stream is complete. */
    static final byte END = 10;

    private Message() {}

    /** One whose payload is JSON. */
    static ByteBuffer json(byte type, int id, String json) {
        return Frame.of(type, id, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }
}
