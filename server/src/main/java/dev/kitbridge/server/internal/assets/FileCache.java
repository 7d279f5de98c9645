package dev.kitbridge.server.internal.assets;

import dev.kitbridge.server.Body;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Caches small files outside the heap, up to a total size. Files are never evicted. */
final class FileCache {

    private final long maxFile;
    private final AtomicLong free;

    /**
     * @param maxFile limit of a file, in bytes
     * @param maxTotal limit of all cached files, in bytes
     */
    FileCache(long maxFile, long maxTotal) {
        this.maxFile = maxFile;
        this.free = new AtomicLong(maxTotal);
    }

    /** Returns the cached content, or null if the file has to be read each time. */
    Body.@Nullable Bytes load(Body.FileRange file) {
        long size = file.length();
        if (size > maxFile) return null;
        if (free.addAndGet(-size) >= 0) {
            Body.Bytes bytes = read(file);
            if (bytes != null) return bytes;
        }
        free.addAndGet(size);
        return null;
    }

    private static Body.@Nullable Bytes read(Body.FileRange file) {
        ByteBuffer content = ByteBuffer.allocateDirect((int) file.length());
        try (FileChannel channel = FileChannel.open(file.path())) {
            while (content.hasRemaining() && channel.read(content, file.offset() + content.position()) >= 0) {}
        } catch (IOException e) {
            return null; // the request that reads the file reports the error
        }
        return content.hasRemaining() ? null : new Body.Bytes(content.flip().asReadOnlyBuffer());
    }
}
