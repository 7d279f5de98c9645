package dev.kitbridge.server;

import java.util.List;
import java.util.Set;

/**
 * Names the kept pages that have to be rendered again.
 *
 * @param paths of URLs, with the base path; a query is ignored. The data of the pages is included
 * @param tags of pages
 * @param all whether all pages are concerned
 */
public record Revalidation(Set<String> paths, Set<String> tags, boolean all) {

    /** Limit of the number of paths and tags together. */
    public static final int LARGEST = 10_000;

    /** Limit of a tag in characters. */
    public static final int LARGEST_TAG = 256;

    /** Limit of a path in characters. */
    public static final int LARGEST_PATH = 8192;

    /**
     * The result of a revalidation.
     *
     * @param unreached a text for each replica, or group of replicas, that may still serve the old pages, with the
     *     reason; empty if no replica does
     */
    public record Result(List<String> unreached) {

        /** No replica serves the old pages. */
        public static final Result COMPLETE = new Result(List.of());

        /** Copies the list. */
        public Result {
            unreached = List.copyOf(unreached);
        }

        /** Returns whether no replica serves the old pages. */
        public boolean isComplete() {
            return unreached.isEmpty();
        }
    }

    /**
     * Copies the sets.
     *
     * @throws IllegalArgumentException if a path or a tag is invalid, or there are more than {@link #LARGEST}
     */
    public Revalidation {
        paths = Set.copyOf(paths);
        tags = Set.copyOf(tags);
        if (paths.size() + tags.size() > LARGEST) {
            throw new IllegalArgumentException((paths.size() + tags.size()) + " paths and tags; expected at most "
                    + LARGEST + " at a time, or all pages");
        }
        for (String path : paths) {
            if (!path.startsWith("/") || path.length() > LARGEST_PATH) {
                throw new IllegalArgumentException("the path '" + shortened(path) + "' is invalid; expected one that"
                        + " begins with a slash, of at most " + LARGEST_PATH + " characters");
            }
        }
        for (String tag : tags) {
            if (!isTag(tag)) {
                throw new IllegalArgumentException("the tag '" + shortened(tag) + "' is invalid; expected 1 to "
                        + LARGEST_TAG + " characters without spaces and commas");
            }
        }
    }

    /** Returns a revalidation of the pages at some paths. */
    public static Revalidation ofPaths(String... paths) {
        return new Revalidation(Set.copyOf(List.of(paths)), Set.of(), false);
    }

    /** Returns a revalidation of the pages with some tags. */
    public static Revalidation ofTags(String... tags) {
        return new Revalidation(Set.of(), Set.copyOf(List.of(tags)), false);
    }

    /** Returns a revalidation of all pages. */
    public static Revalidation ofAll() {
        return new Revalidation(Set.of(), Set.of(), true);
    }

    /** Returns whether a text can be a tag: 1 to 256 characters without spaces, commas and control characters. */
    public static boolean isTag(String text) {
        return !text.isEmpty()
                && text.length() <= LARGEST_TAG
                && text.chars().noneMatch(c -> c <= ' ' || c == ',' || (c >= 0x7f && c <= 0xa0));
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
