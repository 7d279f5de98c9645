package dev.kitbridge.server.internal.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.kitbridge.server.Request;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The entries, the selectors of their paths, and the pages that are being rendered; bounded in bytes. */
final class Store {

    /** Part of the memory that selectors may use, as a divisor. */
    private static final int SELECTORS = 16;

    /** Part of the memory for copies outside the heap, as a divisor. */
    private static final int COPIES = 8;

    /** More names than are revalidated while a page is rendered. */
    private static final int MAX_RECENT = 20_000;

    private final Cache<Path, Selector> selectors;
    private final Cache<Selector.Key, Entry> entries;
    private final OffHeap copies;
    private final Map<Object, Flight> flights = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final Counters counters;
    private final NameIndex index = new NameIndex();
    private final RecentRevalidations recent = new RecentRevalidations(MAX_RECENT);

    /** Held while an entry is added or pages are forgotten, so that no page from before survives. */
    private final ReentrantLock lock = new ReentrantLock();

    /** @param size in bytes */
    Store(long size, Counters counters) {
        this.counters = counters;
        copies = new OffHeap(size / COPIES);
        entries = Caffeine.newBuilder()
                .maximumWeight(size - size / SELECTORS - size / COPIES)
                .weigher((Selector.Key key, Entry entry) -> entry.size() + key.size())
                .removalListener(this::removed)
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

    /** Returns the memory for copies of pages that are requested often. */
    OffHeap copies() {
        return copies;
    }

    /** Returns the flight of that key that others wait for, or null. */
    @Nullable
    Flight flight(Object key) {
        return flights.get(key);
    }

    private void removed(Selector.@Nullable Key key, @Nullable Entry entry, RemovalCause cause) {
        if (key != null && entry != null) index.remove(key, entry);
        if (cause == RemovalCause.SIZE) counters.evictions.increment();
    }

    /** Adds a flight that is about to begin, in place of an older one. */
    void begin(Flight flight) {
        lock.lock();
        try {
            flight.generation = recent.current();
        } finally {
            lock.unlock();
        }
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

    /** Adds the page of a flight. Returns false if one of its names was revalidated since the flight began. */
    boolean keep(Flight flight, Rule rule, List<String> vary, Entry entry) {
        lock.lock();
        try {
            flight.outdated = recent.isOutdated(flight.generation, entry.names());
            if (!flights.remove(flight.key, flight) || flight.outdated) return false;
            Selector current = selectors.getIfPresent(flight.path);
            Selector before = flight.selector;
            if (before != null && (current == null || current.id() != before.id())) return false;
            Selector next = Selector.next(current, rule, vary, ids::incrementAndGet);
            Selector.Key key = next.key(flight.rendered);
            if (key == null || !next.covers(flight.rendered)) return false;
            selectors.put(flight.path, next);
            // first, since the entry may be evicted at once
            index.add(key, entry);
            entries.put(key, entry);
            counters.stored.increment();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Removes all pages with one of these names, and keeps none whose rendering has begun before.
     *
     * @param names as {@link Names} has them
     */
    void forget(Set<String> names) {
        boolean all = names.contains(Names.ALL);
        counters.revalidations.increment();
        lock.lock();
        try {
            recent.add(names);
            if (all) recent.addAll();
            // requests that come later must not wait for these flights
            flights.values().removeIf(flight -> all || names.contains(Names.path(flight.path.path())));
            for (String name : names) index.take(name).forEach(this::remove);
            if (all) entries.asMap().forEach(this::remove);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the generation of a page that is read from elsewhere from now on. */
    long generation() {
        lock.lock();
        try {
            return recent.current();
        } finally {
            lock.unlock();
        }
    }

    /** Adds the rule of a path that another replica has found, and returns the rule in use. */
    Selector adopt(Path path, Selector found) {
        Selector current = selectors.asMap().get(path);
        if (current != null && current.kept()) return current;
        Selector adopted = found.withId(ids.incrementAndGet());
        selectors.put(path, adopted);
        return adopted;
    }

    /**
     * Adds the page of another replica.
     *
     * @param generation before it was read
     * @return false if one of its names was revalidated since, the path has another rule now, or a page that is not
     *     older
     */
    boolean adopt(Path path, Selector selector, Request request, Entry entry, long generation) {
        lock.lock();
        try {
            Selector current = selectors.getIfPresent(path);
            Selector.Key key = selector.key(request);
            if (current == null || current.id() != selector.id() || key == null) return false;
            if (recent.isOutdated(generation, entry.names())) return false;
            Entry own = entries.getIfPresent(key);
            if (own != null && !entry.isNewerThan(own)) return false;
            index.add(key, entry);
            entries.put(key, entry);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Removes the kept page of a flight, which the app has replaced with a response that is not kept. */
    void drop(Flight flight) {
        Selector selector = flight.selector;
        Selector.Key key = selector == null ? null : selector.key(flight.rendered);
        Entry entry = key == null ? null : entries.getIfPresent(key);
        if (key != null && entry != null) remove(key, entry);
    }

    private void remove(Selector.Key key, Entry entry) {
        entry.outdate();
        entries.asMap().remove(key, entry);
    }

    /** Returns the number of names that kept pages have. */
    int names() {
        return index.size();
    }

    /** Returns the number of entries. */
    long entries() {
        return entries.estimatedSize();
    }

    /** Returns the number of bytes in use. */
    long size() {
        entries.cleanUp();
        return entries.policy().eviction().orElseThrow().weightedSize().orElseThrow();
    }
}
