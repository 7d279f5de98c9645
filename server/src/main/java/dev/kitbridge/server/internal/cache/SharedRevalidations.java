package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Revalidation;
import dev.kitbridge.server.replicas.SharedCache;
import dev.kitbridge.server.replicas.SharedCache.Changes;
import dev.kitbridge.server.replicas.SharedCache.Generation;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges revalidations with other replicas through a shared cache. The generation tells whether a message was lost.
 * A revalidation that could not be sent is sent when the cache is available again.
 */
final class SharedRevalidations implements Replicas, SharedCache.Listener {

    /** How long a revalidation waits until the other replicas confirm. */
    private static final Duration CONFIRMATION = Duration.ofSeconds(1);

    /** How long a call may take for which no request waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** More names than this are replaced by all. */
    private static final int MOST_NAMES = 20_000;

    private final Guard guard;
    private volatile Consumer<Set<String>> forget = names -> {};
    private volatile @Nullable SharedCache cache;

    /** The last generation up to which no revalidation is missing; null before the first contact. */
    private @Nullable Generation known;

    /** Names whose revalidation could not be sent, by the number of the attempt. */
    private final Map<String, Long> unsent = new HashMap<>();

    private long attempts;

    /** Names whose revalidation was sent, but not confirmed by all replicas. */
    private final Set<String> unconfirmed = new HashSet<>();

    SharedRevalidations(Guard guard) {
        this.guard = guard;
    }

    /** Called once, with the cache that this listener was opened with. */
    void attach(SharedCache opened) {
        cache = opened;
    }

    private SharedCache cache() {
        return Objects.requireNonNull(cache);
    }

    @Override
    public void listen(Consumer<Set<String>> forgetting) {
        forget = forgetting;
    }

    synchronized @Nullable Generation known() {
        return known;
    }

    /** Returns whether one of the names has a revalidation that other replicas do not know. */
    synchronized boolean isUnsent(Collection<String> names) {
        return unsent.containsKey(Names.ALL) || names.stream().anyMatch(unsent::containsKey);
    }

    @Override
    public void revalidated(Generation generation, List<String> names) {
        forget.accept(Set.copyOf(names));
        synchronized (this) {
            boolean next = known != null
                    && known.epoch().equals(generation.epoch())
                    && known.number() + 1 == generation.number();
            // after a gap, the next exchange asks for what is missing
            if (next) known = generation;
        }
    }

    /** Reports to the shared cache, fetches what was missed, and sends what could not be sent. Never fails. */
    CompletableFuture<?> exchange() {
        return guard.probe(() -> cache().changes(known()), PATIENCE)
                .thenCompose(changes -> {
                    apply(changes);
                    Set<String> names = takeUnsent();
                    return names.isEmpty() ? CompletableFuture.completedFuture(null) : send(names, Duration.ZERO);
                })
                .exceptionally(failure -> null);
    }

    private void apply(Changes changes) {
        if (!changes.complete()) forget.accept(Set.of(Names.ALL));
        else if (!changes.marks().isEmpty()) forget.accept(Set.copyOf(changes.marks()));
        synchronized (this) {
            boolean lost =
                    known != null && !known.epoch().equals(changes.current().epoch());
            if (lost) {
                // the shared cache has lost what some replicas were not told
                addUnsent(unconfirmed);
                unconfirmed.clear();
            }
            known = changes.current();
        }
    }

    private synchronized Set<String> takeUnsent() {
        return unsent.containsKey(Names.ALL) ? Set.of(Names.ALL) : Set.copyOf(unsent.keySet());
    }

    @Override
    public CompletionStage<Revalidation.Result> revalidate(Revalidation revalidation, boolean confirmed) {
        Set<String> names = Names.of(revalidation);
        if (confirmed) return send(names, CONFIRMATION);
        // a client waits for the answer to its request
        long attempt = attempt();
        Guard.Budget budget = guard.budget();
        return told(names, attempt, budget.call(() -> cache().revalidate(List.copyOf(names), Duration.ZERO)));
    }

    /** Never fails. */
    private CompletableFuture<Revalidation.Result> send(Set<String> names, Duration limit) {
        long attempt = attempt();
        Duration longer = limit.plus(PATIENCE);
        return told(names, attempt, guard.call(() -> cache().revalidate(List.copyOf(names), limit), longer));
    }

    private synchronized long attempt() {
        return ++attempts;
    }

    private CompletableFuture<Revalidation.Result> told(
            Set<String> names, long attempt, CompletableFuture<SharedCache.Revalidated> result) {
        return result.handle(
                (told, failure) -> failure == null ? sent(names, attempt, told.silent()) : failed(names, failure));
    }

    private synchronized Revalidation.Result sent(Set<String> names, long attempt, List<String> silent) {
        boolean all = names.contains(Names.ALL);
        // a later attempt may have failed meanwhile
        unsent.entrySet().removeIf(name -> name.getValue() < attempt && (all || names.contains(name.getKey())));
        if (!silent.isEmpty()) {
            unconfirmed.addAll(names);
            if (unconfirmed.size() > MOST_NAMES) {
                unconfirmed.clear();
                unconfirmed.add(Names.ALL);
            }
        }
        return new Revalidation.Result(silent.stream()
                .map(replica -> "replica " + replica + ": no confirmation within " + CONFIRMATION.toSeconds() + " s")
                .toList());
    }

    private synchronized Revalidation.Result failed(Set<String> names, Throwable failure) {
        addUnsent(names);
        return new Revalidation.Result(List.of("all other replicas: " + Guard.reason(failure)
                + "; they are told when the shared page cache is available again"));
    }

    private void addUnsent(Set<String> names) {
        long now = ++attempts;
        names.forEach(name -> unsent.put(name, now));
        if (!unsent.containsKey(Names.ALL) && unsent.size() <= MOST_NAMES) return;
        unsent.clear();
        unsent.put(Names.ALL, now);
    }
}
