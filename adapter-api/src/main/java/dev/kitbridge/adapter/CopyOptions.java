package dev.kitbridge.adapter;

import java.util.Map;
import java.util.function.Predicate;

/**
 * How {@link Builder#copy} copies.
 *
 * @param filter given the name (not the path) of each file and folder; what it refuses is left out with all it holds
 * @param replace words to replace in every file, which are then read as UTF-8 text; a word stands between two
 *     characters that are no part of a word, as with {@code \b} in a regular expression
 */
public record CopyOptions(Predicate<String> filter, Map<String, String> replace) {

    /** Copies everything as it is. */
    public static final CopyOptions ALL = new CopyOptions(name -> true, Map.of());

    /** Leaves out what the filter refuses. */
    public static CopyOptions filter(Predicate<String> filter) {
        return new CopyOptions(filter, Map.of());
    }

    /** Replaces words in all files. */
    public static CopyOptions replace(Map<String, String> replace) {
        return new CopyOptions(name -> true, replace);
    }
}
