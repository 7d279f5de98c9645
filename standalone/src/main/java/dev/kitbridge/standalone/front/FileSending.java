package dev.kitbridge.standalone.front;

import dev.kitbridge.server.Body;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/** Sends a file through buffers outside the heap. */
final class FileSending {

    private static final int CHUNK = 64 * 1024;

    private FileSending() {}

    static void send(Body.FileRange file, Request request, Content.Sink response, Callback callback) {
        ByteBufferPool pool = request.getComponents().getByteBufferPool();
        Content.Source source = Content.Source.from(
                new ByteBufferPool.Sized(pool, true, CHUNK), file.path(), file.offset(), file.length());
        Content.copy(source, response, callback);
    }
}
