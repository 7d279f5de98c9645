package dev.kitbridge.services;

import dev.kitbridge.server.Revalidation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The clients that have a page cache, if the services run in a JVM of their own. Without such a client, as in
 * development, nothing is kept and revalidations are complete at once.
 */
final class PageCacheClients {

    /** Limit of the revalidations that are remembered for the next client. */
    private static final int MAX_MISSED = 100;

    private final List<PageCacheClient> clients = new ArrayList<>();

    /** Revalidations while no client was connected: a preview may keep pages before its first call of a service. */
    private final List<Revalidation> missed = new ArrayList<>();

    /** Sends further revalidations to the client, and those that no client has received. */
    synchronized void add(PageCacheClient client) {
        clients.add(client);
        for (Revalidation revalidation : missed) client.revalidate(revalidation);
        missed.clear();
    }

    void remove(PageCacheClient client) {
        synchronized (this) {
            clients.remove(client);
        }
        client.close();
    }

    /** Returns the number of connected clients. */
    synchronized int size() {
        return clients.size();
    }

    /** Completes when all clients have confirmed; never fails. */
    CompletionStage<Revalidation.Result> revalidate(Revalidation revalidation) {
        CompletionStage<List<String>> unreached = CompletableFuture.completedFuture(List.of());
        for (PageCacheClient client : receivers(revalidation)) {
            unreached = unreached.thenCombine(client.revalidate(revalidation), PageCacheClient::joined);
        }
        return unreached.thenApply(Revalidation.Result::new);
    }

    /** Returns all clients; without any, remembers the revalidation. */
    private synchronized List<PageCacheClient> receivers(Revalidation revalidation) {
        if (!clients.isEmpty()) return List.copyOf(clients);
        if (missed.stream().anyMatch(Revalidation::all)) return List.of();
        boolean full = missed.size() == MAX_MISSED;
        if (full || revalidation.all()) missed.clear();
        missed.add(full ? Revalidation.ofAll() : revalidation);
        return List.of();
    }
}
