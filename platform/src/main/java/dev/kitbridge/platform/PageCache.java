package dev.kitbridge.platform;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The rendered pages that the server keeps. A service that changes data revalidates the pages that show the data.
 *
 * <pre>{@code
 * private final PageCache pages = PageCache.current();
 *
 * public CompletionStage<?> changePrice(long product, long cents) {
 *     database.changePrice(product, cents);
 *     return pages.revalidateTags("product:" + product);
 * }
 * }</pre>
 *
 * <p>Revalidate after the transaction is committed: a page that is rendered before it still shows the old data. If the
 * server keeps no pages, the methods do nothing.
 */
public abstract class PageCache {

    private static final ThreadLocal<@Nullable PageCache> CURRENT = new ThreadLocal<>();

    private static final PageCache NONE = new PageCache() {
        @Override
        public CompletionStage<Result> revalidatePaths(String... paths) {
            return done();
        }

        @Override
        public CompletionStage<Result> revalidateTags(String... tags) {
            return done();
        }

        @Override
        public CompletionStage<Result> revalidateAll() {
            return done();
        }

        private CompletionStage<Result> done() {
            return CompletableFuture.completedFuture(new Result(List.of()));
        }
    };

    /** For the server's implementation, and for tests. */
    protected PageCache() {}

    /**
     * The result of a revalidation.
     *
     * @param unreached a text for each replica of the server that may still serve the old pages, with the reason; empty
     *     if no replica does
     */
    public record Result(List<String> unreached) {

        /**
         * Copies the list.
         *
         * @param unreached as above
         */
        public Result {
            unreached = List.copyOf(unreached);
        }
    }

    /**
     * Makes all replicas forget the pages at some paths, and the data of these pages.
     *
     * @param paths of URLs, with the base path; a query is ignored
     * @return completes when no replica serves the old pages, except those that the result names; on a thread that must
     *     not block
     * @throws IllegalArgumentException if a path does not begin with a slash
     */
    public abstract CompletionStage<Result> revalidatePaths(String... paths);

    /**
     * Makes all replicas forget the pages with some tags.
     *
     * @param tags of 1 to 256 characters without spaces and commas
     * @return as {@link #revalidatePaths} does
     * @throws IllegalArgumentException if a tag is invalid
     */
    public abstract CompletionStage<Result> revalidateTags(String... tags);

    /**
     * Makes all replicas forget all pages.
     *
     * @return as {@link #revalidatePaths} does
     */
    public abstract CompletionStage<Result> revalidateAll();

    /**
     * Returns the page cache of the server that creates the service on this thread, or whose call runs on it. It can be
     * stored, and used on any thread.
     *
     * @return the page cache
     * @throws IllegalStateException if no service is created and no call runs on this thread
     */
    public static PageCache current() {
        PageCache current = CURRENT.get();
        if (current != null) return current;
        throw new IllegalStateException("No platform service is created or called on thread "
                + Thread.currentThread().getName()
                + "; store PageCache.current() in a field when the service is created."
                + " In a test, create the service with PageCache.none().call(...)");
    }

    /**
     * Returns a page cache that keeps nothing.
     *
     * @return for tests
     */
    public static PageCache none() {
        return NONE;
    }

    /**
     * Runs a task on this thread with this page cache as the current one.
     *
     * @param task the task; a test can use this method to create a service
     * @return the task's result
     * @param <T> the type of the result
     * @throws Exception if the task throws it
     */
    public final <T extends @Nullable Object> T call(Callable<T> task) throws Exception {
        Objects.requireNonNull(task);
        PageCache before = CURRENT.get();
        CURRENT.set(this);
        try {
            return task.call();
        } finally {
            if (before == null) CURRENT.remove();
            else CURRENT.set(before);
        }
    }
}
