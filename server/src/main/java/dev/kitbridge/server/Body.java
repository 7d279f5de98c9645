package dev.kitbridge.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.Flow;

/**
 * A response's body. Every body has a {@link #publisher()}; bytes and file ranges can be written more cheaply without
 * it.
 */
public sealed interface Body {

    /** No bytes. */
    Body EMPTY = new Bytes(ByteBuffer.allocate(0));

    /** Returns the length in bytes, -1 if it is not known. */
    long length();

    /** Returns the bytes, for one subscriber; buffers are read-only or belong to the subscriber. */
    Flow.Publisher<ByteBuffer> publisher();

    /**
     * Writes the bytes and blocks until the last one is written: for fronts with a thread for each request. Flushes
     * after each buffer if the length is not known, so that server-sent events arrive one by one. Cancels the body if
     * it cannot be written.
     *
     * @throws IOException if the body is incomplete, or cannot be written
     */
    void transferTo(OutputStream out) throws IOException;

    /**
     * All bytes at once.
     *
     * @param content must not be modified, nor its position; use {@link #buffer()}
     */
    record Bytes(ByteBuffer content) implements Body {
        @Override
        public long length() {
            return content.remaining();
        }

        /** Returns the bytes as a buffer with its own position. */
        public ByteBuffer buffer() {
            return content.duplicate();
        }

        @Override
        public Flow.Publisher<ByteBuffer> publisher() {
            return new Publishers.Once(buffer());
        }

        @Override
        public void transferTo(OutputStream out) throws IOException {
            Transfer.run(publisher(), out, length() < 0);
        }
    }

    /**
     * A part of a file.
     *
     * @param path the file
     * @param offset first byte
     * @param length in bytes
     */
    record FileRange(Path path, long offset, long length) implements Body {
        @Override
        public Flow.Publisher<ByteBuffer> publisher() {
            return new Publishers.OfFile(this);
        }

        @Override
        public void transferTo(OutputStream out) throws IOException {
            Transfer.run(publisher(), out, length() < 0);
        }
    }

    /**
     * Bytes that arrive while the app renders them. Cancelling the subscription stops the rendering; the front cancels
     * it when the client disconnects.
     *
     * @param publisher for one subscriber
     * @param length in bytes, -1 if it is not known
     */
    record Stream(Flow.Publisher<ByteBuffer> publisher, long length) implements Body {
        @Override
        public void transferTo(OutputStream out) throws IOException {
            Transfer.run(publisher(), out, length() < 0);
        }
    }
}
