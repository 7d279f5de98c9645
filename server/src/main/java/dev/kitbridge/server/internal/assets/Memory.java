package dev.kitbridge.server.internal.assets;

import dev.kitbridge.server.Body;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Caches small files outside the heap, up to a total size. */
final class Memory {

    private final long largest;
    private final AtomicLong room;

    /**
     * @param largest limit of a file, in bytes
     * @param room limit of all cached files, in bytes
     */
    Memory(long largest, long room) {
        this.largest = largest;
        this.room = new AtomicLong(room);
    }

    /** Returns the cached content, or null if the file has to be read each time. */
    Body.@Nullable Bytes load(Body.FileRange file) {
        long size = file.length();
        if (size > largest) return null;
        if (room.addAndGet(-size) >= 0) {
            Body.Bytes bytes = read(file);
            if (bytes != null) return bytes;
        }
        room.addAndGet(size);
        return null;
    }

    private static Body.@Nullable Bytes read(Body.FileRange file) {
        ByteBuffer content = ByteBuffer.allocateDirect((int) file.length());
        try (FileChannel channel = FileChannel.open(file.path())) {
            while (content.hasRemaining() && channel.read(content, file.offset() + content.position()) >= 0) {}
        } catch (IOException e) {
            return null; // reading it for a request reports the error
        }
        return content.hasRemaining() ? null : new Body.Bytes(content.flip().asReadOnlyBuffer());
    }
}
