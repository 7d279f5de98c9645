package dev.kitbridge.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.Flow;

/** A response's body. A front that does not care takes {@link #publisher()}; one that does has cheaper ways for two. */
public sealed interface Body {

    /** No bytes. */
    Body EMPTY = new Bytes(ByteBuffer.allocate(0));

    /** Length in bytes, -1 where it is not known. */
    long length();

    /** The bytes, once; buffers are read only or the subscriber's own. */
    Flow.Publisher<ByteBuffer> publisher();

    /**
     * Writes the bytes and blocks until the last one is written: for fronts with a thread for each request. Flushes
     * after each buffer if the length is not known, so that server-sent events arrive one by one. Cancels the body if
     * it cannot be written.
     *
     * @throws IOException if the body broke off, or could not be written
     */
    void transferTo(OutputStream out) throws IOException;

    /**
     * All bytes at once.
     *
     * @param content not to be changed, nor its position: take {@link #buffer()}
     */
    record Bytes(ByteBuffer content) implements Body {
        @Override
        public long length() {
            return content.remaining();
        }

        /** The bytes with a position of the caller's own. */
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
     * @param length how many bytes
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
     * Bytes that come as they are made. Cancelling the subscription ends their making; the front does it when the
     * client has gone away.
     *
     * @param publisher of one subscriber
     * @param length in bytes, -1 where it is not known
     */
    record Stream(Flow.Publisher<ByteBuffer> publisher, long length) implements Body {
        @Override
        public void transferTo(OutputStream out) throws IOException {
            Transfer.run(publisher(), out, length() < 0);
        }
    }
}
