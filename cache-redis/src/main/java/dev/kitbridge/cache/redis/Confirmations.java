package dev.kitbridge.cache.redis;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The confirmations that revalidations of this replica wait for. */
final class Confirmations {

    /** A replica that has not reported for that long is not waited for. */
    private static final long SILENT_MILLIS = 5000;

    /**
     * A replica.
     *
     * @param millis time of its last report
     */
    record Seen(String replica, long millis) {}

    private static final class Waiting {
        final CompletableFuture<Void> all = new CompletableFuture<>();
        final Set<String> confirmed = new HashSet<>();

        /** Replicas that have not confirmed. */
        final Set<String> missing = new HashSet<>();

        /** Those that are waited for. */
        final Set<String> running = new HashSet<>();
    }

    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

    /** Begins to collect confirmations, before it is known from whom; an empty id expects none. */
    CompletableFuture<Void> expect(String id) {
        Waiting added = new Waiting();
        if (id.isEmpty()) added.all.complete(null);
        else waiting.put(id, added);
        return added.all;
    }

    /**
     * Completes the stage of {@link #expect} when all running replicas have confirmed.
     *
     * @param self is not waited for
     * @param now in milliseconds
     */
    void await(String id, String self, long now, List<Seen> replicas) {
        Waiting found = waiting.get(id);
        if (found == null) return;
        synchronized (found) {
            for (Seen seen : replicas) {
                if (seen.replica().equals(self) || found.confirmed.contains(seen.replica())) continue;
                found.missing.add(seen.replica());
                if (now - seen.millis() < SILENT_MILLIS) found.running.add(seen.replica());
            }
            if (found.running.isEmpty()) found.all.complete(null);
        }
    }

    void confirm(String id, String replica) {
        Waiting found = waiting.get(id);
        if (found == null) return;
        synchronized (found) {
            found.confirmed.add(replica);
            found.missing.remove(replica);
            boolean last = found.running.remove(replica) && found.running.isEmpty();
            if (last) found.all.complete(null);
        }
    }

    /** Stops collecting, and returns the replicas that have not confirmed. */
    List<String> end(String id) {
        Waiting found = waiting.remove(id);
        if (found == null) return List.of();
        synchronized (found) {
            return found.missing.stream().sorted().toList();
        }
    }
}
