package dev.kitbridge.server.internal.cache;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Looks for the page of a flight at the other replicas, before it is rendered. If another replica is rendering it, the
 * flight waits for that replica.
 */
final class Search {

    /** How long a replica may take for a page before another one renders it as well. */
    private static final Duration LEASE = Duration.ofSeconds(10);

    /** How long a flight waits for another replica. */
    private static final Duration WAIT = Duration.ofSeconds(3);

    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 160;

    /** The next step of a flight. */
    enum Step {
        /** Render the page. */
        RENDER,
        /** Another replica is rendering the page, for which no request waits. */
        LEAVE
    }

    /**
     * The result.
     *
     * @param entry the page of another replica, which is in the store now; or nothing
     * @param step what to do without an entry
     */
    record Result(Optional<Entry> entry, Step step) {}

    private final Sharing sharing;
    private final LongSupplier nanos;
    private final boolean declared;

    /** @param declared whether pages of routes without a rule are not kept */
    Search(Sharing sharing, LongSupplier nanos, boolean declared) {
        this.sharing = sharing;
        this.nanos = nanos;
        this.declared = declared;
    }

    /** Searches. The stage never fails. */
    CompletableFuture<Result> run(Flight flight) {
        if (!sharing.isAvailable() || flight.search == Flight.Search.NONE) return render();
        return attempt(flight, nanos.getAsLong() + WAIT.toNanos(), FIRST_PAUSE_MILLIS)
                .exceptionally(failure -> new Result(Optional.empty(), Step.RENDER));
    }

    private static CompletableFuture<Result> render() {
        return CompletableFuture.completedFuture(new Result(Optional.empty(), Step.RENDER));
    }

    private CompletableFuture<Result> attempt(Flight flight, long end, long pause) {
        if (flight.render.isDone()) return render();
        Guard.Budget budget = sharing.budget();
        return find(flight, budget)
                .thenCompose(found -> found.isPresent()
                        ? CompletableFuture.completedFuture(new Result(found, Step.RENDER))
                        : lock(flight, end, pause, budget));
    }

    private CompletableFuture<Optional<Entry>> find(Flight flight, Guard.Budget budget) {
        if (flight.selector != null) return page(flight, flight.selector, budget);
        return sharing.selector(flight.path, budget)
                .thenCompose(selector -> selector.isPresent() && mayServe(flight, selector.get())
                        ? page(flight, selector.get(), budget)
                        : CompletableFuture.completedFuture(Optional.empty()));
    }

    /** The rule was not known when the flight began. */
    private boolean mayServe(Flight flight, Selector selector) {
        Rule rule = selector.rule();
        return (rule.declared() || !declared)
                && !rule.isBypassedBy(flight.rendered.headers())
                && !rule.hasToken(flight.rendered.headers().first("x-prerender-revalidate"));
    }

    private CompletableFuture<Optional<Entry>> page(Flight flight, Selector selector, Guard.Budget budget) {
        return sharing.page(flight.path, selector, flight.rendered, budget)
                .thenApply(found -> found.filter(entry -> mayServe(flight, selector.rule(), entry)));
    }

    private boolean mayServe(Flight flight, Rule rule, Entry entry) {
        if (Storing.isPersonal(entry.used(), flight.options)) return false;
        if (!rule.declared() && !entry.satisfies(Wishes.of(flight.rendered.headers()), nanos.getAsLong())) return false;
        Entry.State state = entry.state(nanos.getAsLong());
        return state == Entry.State.FRESH || (state == Entry.State.STALE && flight.search == Flight.Search.WAIT);
    }

    private CompletableFuture<Result> lock(Flight flight, long end, long pause, Guard.Budget budget) {
        String name = name(flight);
        if (name.isEmpty()) return render();
        boolean late = nanos.getAsLong() - end >= 0;
        return sharing.lock(name, LEASE, late, budget).thenCompose(locked -> {
            if (locked) return locked(flight, name, budget);
            if (flight.search == Flight.Search.BACKGROUND) {
                return CompletableFuture.completedFuture(new Result(Optional.empty(), Step.LEAVE));
            }
            long next = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            return CompletableFuture.supplyAsync(
                            () -> attempt(flight, end, next),
                            CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS))
                    .thenCompose(result -> result);
        });
    }

    /** Another replica may have shared the page and released the lock since the last search. */
    private CompletableFuture<Result> locked(Flight flight, String name, Guard.Budget budget) {
        return find(flight, budget).exceptionally(failure -> Optional.empty()).thenApply(found -> {
            if (found.isPresent()) sharing.unlock(name);
            else flight.kept.whenComplete((kept, failure) -> sharing.unlock(name));
            return new Result(found, Step.RENDER);
        });
    }

    /** Returns the name of the lock; empty if no request may wait for another one. */
    private String name(Flight flight) {
        // the page of the other replica may be older than the client wants
        if (Wishes.of(flight.rendered.headers()).recent()) return "";
        if (flight.key instanceof PageCache.Unknown unknown) {
            return sharing.keys().lock(unknown.path(), unknown.target());
        }
        if (flight.selector == null || !(flight.key instanceof Selector.Key)) return "";
        SharedKeys.Key key = sharing.keys().page(flight.path, flight.selector, flight.rendered);
        return key == null ? "" : sharing.keys().lock(key);
    }
}
