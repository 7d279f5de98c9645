package dev.kitbridge.server;

/**
 * The state of the page cache, and what it did since the server was opened.
 *
 * @param hits number of requests that got a fresh page
 * @param stale number of requests that got a page whose time was over
 * @param shared number of requests that got a page that another replica has rendered, from the cache that they share
 * @param misses number of requests for which a page was rendered
 * @param collapsed number of requests that got the page that was rendered for another one
 * @param stored number of pages that were kept
 * @param evictions number of pages that were removed because the memory was full
 * @param revalidations number of revalidations, including those of other replicas and of requests that change something
 * @param failures number of pages that could not be kept because the page cache failed
 * @param entries number of pages
 * @param bytes memory of these pages
 */
public record PageCacheFigures(
        long hits,
        long stale,
        long shared,
        long misses,
        long collapsed,
        long stored,
        long evictions,
        long revalidations,
        long failures,
        long entries,
        long bytes) {

    /** The figures without a page cache. */
    public static final PageCacheFigures NONE = new PageCacheFigures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
