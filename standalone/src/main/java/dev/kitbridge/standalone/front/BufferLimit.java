package dev.kitbridge.standalone.front;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Limits the bytes that are buffered for clients or for the app, on all connections together. If they exceed the limit,
 * the entries that have waited longest are disconnected until an eighth of the limit is free.
 */
final class BufferLimit {

    /** A holder of buffered bytes. */
    interface Entry {
        /** Returns how many bytes it holds, or may come to hold. */
        long bytes();

        /** Returns when its last byte moved, as {@link System#nanoTime}. */
        long since();

        /** Disconnects its client if a deadline has passed. */
        void look(long now);

        /** Disconnects its client, or resets the client's stream. */
        void disconnect(DisconnectReason reason);
    }

    private final long limit;
    private final Set<Entry> writes = ConcurrentHashMap.newKeySet();
    private final AtomicLong written = new AtomicLong();
    private final Set<RequestBody> bodies = ConcurrentHashMap.newKeySet();
    private final ReentrantLock relieving = new ReentrantLock();

    private volatile long unread;

    /** @param limit in bytes */
    BufferLimit(long limit) {
        this.limit = limit;
    }

    /** Returns the buffered bytes; those of request bodies as of the last check. */
    long bytes() {
        return written.get() + unread;
    }

    /** Adds a write that waits for its client. */
    void enter(Entry write) {
        writes.add(write);
        written.addAndGet(write.bytes());
        if (bytes() > limit) relieve();
    }

    /** Removes a write; may be called more than once. */
    void leave(Entry write) {
        if (writes.remove(write)) written.addAndGet(-write.bytes());
    }

    /** Watches a body until it is complete. */
    void expect(RequestBody body) {
        bodies.add(body);
    }

    /** Checks the deadlines of all entries, and measures the unread bytes of HTTP/2 bodies. */
    void look(long now) {
        for (Entry write : writes) write.look(now);
        bodies.removeIf(RequestBody::isOver);
        long sum = 0;
        for (RequestBody body : bodies) {
            body.look(now);
            sum += body.bytes();
        }
        unread = sum;
        if (bytes() > limit) relieve();
    }

    private void relieve() {
        if (!relieving.tryLock()) return;
        try {
            // more than necessary, so that the next write does not sort all entries again
            long excess = bytes() - limit + limit / 8;
            List<Entry> entries = new ArrayList<>(writes);
            entries.addAll(bodies);
            entries.sort(Comparator.comparingLong(Entry::since));
            for (Entry entry : entries) {
                if (excess <= 0) return;
                long bytes = entry.bytes();
                if (bytes == 0) continue;
                excess -= bytes;
                leave(entry);
                entry.disconnect(DisconnectReason.BUFFER);
            }
        } finally {
            relieving.unlock();
        }
    }
}
