package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Revalidation;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The other replicas of the app, whose page caches keep the same pages. */
public interface Replicas {

    /** There are no others. */
    Replicas NONE = new Replicas() {
        @Override
        public void listen(Consumer<Set<String>> forget) {}

        @Override
        public CompletionStage<Revalidation.Result> revalidate(Revalidation revalidation, boolean confirmed) {
            return CompletableFuture.completedFuture(Revalidation.Result.COMPLETE);
        }
    };

    /**
     * Receives the revalidations of other replicas. Called once, before the first request.
     *
     * @param forget makes this replica forget the pages with one of these {@link Names} at once; may be called on any
     *     thread, repeatedly for the same revalidation, and never fails
     */
    void listen(Consumer<Set<String>> forget);

    /**
     * Makes all other replicas, and a store that they share, forget pages. The page cache calls it after it has
     * forgotten these pages itself, and forgets them once more when the stage completes: in between, it may have read
     * an old page from the shared store.
     *
     * @param confirmed whether to wait until each replica confirms; otherwise they are told, and confirm nothing
     * @return completes within a few seconds, normally, when each replica has forgotten the pages or could not be told;
     *     on a thread that must not block
     */
    CompletionStage<Revalidation.Result> revalidate(Revalidation revalidation, boolean confirmed);
}
