package dev.kitbridge.server.internal.cache;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The generation of each name that was revalidated lately, so that a page whose rendering began before is not kept. Not
 * thread-safe.
 */
final class RecentRevalidations {

    private final int limit;
    private final Map<String, Long> generations = new LinkedHashMap<>();
    private long current;

    /** Pages whose rendering began before this generation are outdated, whatever their names are. */
    private long floor;

    /** @param limit number of names; if there are more, the oldest generation becomes that of all names */
    RecentRevalidations(int limit) {
        this.limit = limit;
    }

    /** Returns the generation of a rendering that begins now. */
    long current() {
        return current;
    }

    void add(Collection<String> names) {
        current++;
        for (String name : names) {
            // the oldest come first
            generations.remove(name);
            generations.put(name, current);
        }
        for (Iterator<Long> oldest = generations.values().iterator(); generations.size() > limit; ) {
            floor = Math.max(floor, oldest.next());
            oldest.remove();
        }
    }

    void addAll() {
        floor = ++current;
        generations.clear();
    }

    /** Returns whether one of the names was revalidated since a generation. */
    boolean isOutdated(long since, Collection<String> names) {
        if (since < floor) return true;
        for (String name : names) {
            Long generation = generations.get(name);
            if (generation != null && since < generation) return true;
        }
        return false;
    }
}
