package dev.kitbridge.standalone.front;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The account of all bytes that wait in memory for clients or for the app, on all connections together. When they
 * exceed the limit, those that have waited longest are cut off, until there is room for the others.
 */
final class Backlog {

    /** Something that holds bytes. */
    interface Entry {
        /** How many it holds, or may come to hold. */
        long bytes();

        /** Since when nothing of it has moved, by {@link System#nanoTime}. */
        long since();

        /** Ends it if it has waited for too long. */
        void look(long now);

        /** Ends it. */
        void cut(Cut reason);
    }

    private final long limit;
    private final Set<Entry> writes = ConcurrentHashMap.newKeySet();
    private final AtomicLong written = new AtomicLong();
    private final Set<RequestBody> bodies = ConcurrentHashMap.newKeySet();
    private final ReentrantLock relieving = new ReentrantLock();

    private volatile long unread;

    /** @param limit in bytes */
    Backlog(long limit) {
        this.limit = limit;
    }

    /** How many bytes wait, as far as it is known without looking at each connection. */
    long bytes() {
        return written.get() + unread;
    }

    /** A write waits for its client. */
    void enter(Entry write) {
        writes.add(write);
        written.addAndGet(write.bytes());
        if (bytes() > limit) relieve();
    }

    /** Called once or more for each write that waited. */
    void leave(Entry write) {
        if (writes.remove(write)) written.addAndGet(-write.bytes());
    }

    /** Watches a body until it is complete. */
    void expect(RequestBody body) {
        bodies.add(body);
    }

    /** Ends what has waited for too long, and measures what lies in the windows of HTTP/2. */
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
            // some more than is needed, so that the next write does not sort all of them again
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
                entry.cut(Cut.BUFFER);
            }
        } finally {
            relieving.unlock();
        }
    }
}
