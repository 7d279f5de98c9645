package dev.kitbridge.server.internal.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The entries, the selectors of their paths, and the pages that are being rendered; bounded in bytes. */
final class Store {

    /** Part of the memory that selectors may use, as a divisor. */
    private static final int SELECTORS = 16;

    private final Cache<Path, Selector> selectors;
    private final Cache<Selector.Key, Entry> entries;
    private final Map<Object, Flight> flights = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();

    /** Held while an entry is added or a path is invalidated, so that no page from before survives. */
    private final ReentrantLock lock = new ReentrantLock();

    /** @param size in bytes */
    Store(long size) {
        entries = Caffeine.newBuilder()
                .maximumWeight(size - size / SELECTORS)
                .weigher((Selector.Key key, Entry entry) -> entry.size() + key.size())
                .executor(Runnable::run)
                .build();
        selectors = Caffeine.newBuilder()
                .maximumWeight(size / SELECTORS)
                .weigher((Path path, Selector selector) ->
                        300 + path.origin().length() + path.path().length())
                .executor(Runnable::run)
                .build();
    }

    @Nullable
    Selector selector(Path path) {
        return selectors.getIfPresent(path);
    }

    @Nullable
    Entry entry(Selector.Key key) {
        return entries.getIfPresent(key);
    }

    /** Returns the flight of that key that others wait for, or null. */
    @Nullable
    Flight flight(Object key) {
        return flights.get(key);
    }

    /** Adds a flight, in place of an older one. */
    void begin(Flight flight) {
        Flight older = flights.put(flight.key, flight);
        if (older != null) older.replaced();
    }

    void end(Flight flight) {
        flights.remove(flight.key, flight);
    }

    /** Remembers the rule of an unknown path, of which no page could be kept. */
    void remember(Path path, Rule rule) {
        selectors.asMap().putIfAbsent(path, new Selector(ids.incrementAndGet(), rule, rule.vary(), false));
    }

    /** Adds the page of a flight. Returns false if its path was invalidated since the flight began. */
    boolean keep(Flight flight, Rule rule, List<String> vary, Entry entry) {
        lock.lock();
        try {
            if (!flights.remove(flight.key, flight)) return false;
            Selector current = selectors.getIfPresent(flight.path);
            Selector before = flight.selector;
            // an id from before an invalidation would make the old entries reachable again
            if (before != null && (current == null || current.id() != before.id())) return false;
            Selector next = Selector.next(current, rule, vary, ids::incrementAndGet);
            Selector.Key key = next.key(flight.rendered);
            if (key == null || !next.covers(flight.rendered)) return false;
            selectors.put(flight.path, next);
            entries.put(key, entry);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Makes the entries of a path unreachable. */
    void invalidate(Path path) {
        lock.lock();
        try {
            flights.values().removeIf(flight -> flight.path.equals(path));
            selectors.asMap().computeIfPresent(path, (same, old) -> old.withId(ids.incrementAndGet()));
        } finally {
            lock.unlock();
        }
    }

    /** Returns the number of bytes in use. */
    long size() {
        entries.cleanUp();
        return entries.policy().eviction().orElseThrow().weightedSize().orElseThrow();
    }
}
