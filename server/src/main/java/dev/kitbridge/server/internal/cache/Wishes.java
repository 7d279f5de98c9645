package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Headers;

/**
 * The wishes of a client for the age of a kept page (RFC 9111, 5.2.1 and 5.4). {@code max-stale} is ignored: the app
 * says how old a page may be.
 *
 * @param recent whether a kept page must be confirmed by the app
 * @param maxAge largest age in seconds; {@link Directives#ABSENT} for any
 * @param minFresh seconds for which the page has to stay fresh; {@link Directives#ABSENT} for any
 * @param noStore whether the response must not be kept
 * @param onlyIfCached whether the app must not be asked
 */
record Wishes(boolean recent, long maxAge, long minFresh, boolean noStore, boolean onlyIfCached) {

    private static final Wishes NONE = new Wishes(false, Directives.ABSENT, Directives.ABSENT, false, false);

    static Wishes of(Headers request) {
        String field = request.joined("cache-control");
        if (field == null) {
            String pragma = request.joined("pragma");
            if (pragma == null) return NONE;
            boolean recent = Directives.of(pragma).has("no-cache");
            return new Wishes(recent, Directives.ABSENT, Directives.ABSENT, false, false);
        }
        Directives directives = Directives.of(field);
        long maxAge = directives.validSeconds("max-age");
        return new Wishes(
                directives.has("no-cache") || maxAge == 0,
                maxAge,
                directives.validSeconds("min-fresh"),
                directives.has("no-store"),
                directives.has("only-if-cached"));
    }

    /**
     * Returns whether a kept page is what the client wants.
     *
     * @param age of the page in seconds
     * @param left for how many seconds it stays fresh
     */
    boolean accept(long age, long left) {
        return !recent && (maxAge < 0 || age <= maxAge) && (minFresh < 0 || left >= minFresh);
    }
}
