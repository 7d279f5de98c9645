package dev.kitbridge.server.internal.cache;

import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Copies pages that are requested often to memory outside the heap, up to a total size: a socket sends them without
 * another copy.
 */
final class OffHeap {

    private static final Cleaner CLEANER = Cleaner.create();

    private final AtomicLong free;

    /** @param size limit of all copies in bytes, including those that the garbage collector has not found yet */
    OffHeap(long size) {
        this.free = new AtomicLong(size);
    }

    /** Returns a read-only copy, or null if there is no room. */
    @Nullable
    ByteBuffer copy(byte[] content) {
        int size = content.length;
        if (free.addAndGet(-size) < 0) {
            free.addAndGet(size);
            return null;
        }
        ByteBuffer copy = ByteBuffer.allocateDirect(size);
        // a slow client may still read a page that was removed
        CLEANER.register(copy, () -> free.addAndGet(size));
        return copy.put(content).flip().asReadOnlyBuffer();
    }
}
