package dev.kitbridge.server.internal.cache;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The kept entries by each of their names. */
final class NameIndex {

    private final Map<String, Map<Selector.Key, Entry>> entries = new ConcurrentHashMap<>();

    void add(Selector.Key key, Entry entry) {
        for (String name : entry.names()) {
            entries.compute(name, (same, old) -> {
                Map<Selector.Key, Entry> named = old == null ? new HashMap<>() : old;
                named.put(key, entry);
                return named;
            });
        }
    }

    /** Removes an entry that is no longer kept, unless another one has its key. */
    void remove(Selector.Key key, Entry entry) {
        for (String name : entry.names()) {
            entries.computeIfPresent(name, (same, named) -> {
                named.remove(key, entry);
                return named.isEmpty() ? null : named;
            });
        }
    }

    /** Removes all entries of a name, and returns them. */
    Map<Selector.Key, Entry> take(String name) {
        Map<Selector.Key, Entry> named = entries.remove(name);
        return named == null ? Map.of() : named;
    }

    /** Returns the number of names. */
    int size() {
        return entries.size();
    }
}
