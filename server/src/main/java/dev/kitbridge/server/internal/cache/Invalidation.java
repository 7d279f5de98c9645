package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Revalidation;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Makes all replicas forget pages. */
final class Invalidation {

    private static final System.Logger LOG = System.getLogger(Invalidation.class.getName());

    /** How long a revalidation waits for other replicas. */
    private static final long LONGEST_SECONDS = 10;

    private final Store store;
    private final Replicas replicas;

    Invalidation(Store store, Replicas replicas) {
        this.store = store;
        this.replicas = replicas;
        replicas.listen(store::forget);
    }

    /**
     * Makes this replica forget pages before the method returns, and the others before the stage completes.
     *
     * @param confirmed whether to wait until each replica confirms
     * @return the replicas that could not be told; never fails
     */
    CompletionStage<Revalidation.Result> everywhere(Revalidation revalidation, boolean confirmed) {
        Set<String> names = Names.of(revalidation);
        store.forget(names);
        if (replicas == Replicas.NONE) return CompletableFuture.completedFuture(Revalidation.Result.COMPLETE);
        return elsewhere(revalidation, confirmed).thenApply(result -> {
            store.forget(names);
            return result;
        });
    }

    /** Makes the other replicas forget pages, as {@link #everywhere} does. */
    CompletionStage<Revalidation.Result> elsewhere(Revalidation revalidation, boolean confirmed) {
        try {
            return replicas.revalidate(revalidation, confirmed)
                    .toCompletableFuture()
                    .copy()
                    .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
                    .exceptionally(Invalidation::untold);
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(untold(e));
        }
    }

    private static Revalidation.Result untold(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        LOG.log(Level.ERROR, "Other replicas cannot be told which pages to forget", cause);
        return new Revalidation.Result(List.of("other replicas: " + cause));
    }
}
