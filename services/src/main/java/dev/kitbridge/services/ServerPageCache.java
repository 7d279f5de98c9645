package dev.kitbridge.services;

import dev.kitbridge.platform.PageCache;
import dev.kitbridge.server.Revalidation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The page cache of a server, for services. Revalidations wait until the server is open. */
final class ServerPageCache extends PageCache {

    private final CompletableFuture<Function<Revalidation, CompletionStage<Revalidation.Result>>> opened =
            new CompletableFuture<>();

    /** @param revalidation makes the server forget pages */
    void open(Function<Revalidation, CompletionStage<Revalidation.Result>> revalidation) {
        opened.complete(revalidation);
    }

    /** Lets revalidations do nothing: no server keeps pages. */
    void close() {
        open(revalidation -> CompletableFuture.completedFuture(Revalidation.Result.COMPLETE));
    }

    @Override
    public CompletionStage<Result> revalidatePaths(String... paths) {
        return revalidate(Revalidation.ofPaths(paths));
    }

    @Override
    public CompletionStage<Result> revalidateTags(String... tags) {
        return revalidate(Revalidation.ofTags(tags));
    }

    @Override
    public CompletionStage<Result> revalidateAll() {
        return revalidate(Revalidation.ofAll());
    }

    private CompletionStage<Result> revalidate(Revalidation revalidation) {
        return opened.thenCompose(server -> server.apply(revalidation))
                .thenApply(result -> new Result(result.unreached()));
    }
}
