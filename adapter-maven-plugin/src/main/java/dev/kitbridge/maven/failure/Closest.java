package dev.kitbridge.maven.failure;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Suggestions for a misspelled word. */
public final class Closest {

    private Closest() {}

    /** Returns the candidates that differ from a word in at most a third of its letters, closest first. */
    public static List<String> to(String word, Collection<String> candidates) {
        int limit = Math.max(2, word.length() / 3);
        return candidates.stream()
                .filter(candidate -> distance(word, candidate) <= limit)
                .sorted(Comparator.comparingInt((String candidate) -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** Returns {@code "; did you mean 'a' or 'b'?"}; an empty text if no candidate is close. */
    public static String suggestion(String word, Collection<String> candidates) {
        List<String> close = to(word, candidates);
        return close.isEmpty() ? "" : "; did you mean '" + String.join("' or '", close) + "'?";
    }

    /** Computes Levenshtein's distance, ignoring case. */
    private static int distance(String a, String b) {
        String from = a.toLowerCase(Locale.ROOT);
        String to = b.toLowerCase(Locale.ROOT);
        int[] costs = new int[to.length() + 1];
        for (int j = 0; j < costs.length; j++) costs[j] = j;
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = costs[0];
            costs[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int above = costs[j];
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                costs[j] = Math.min(replaced, Math.min(above, costs[j - 1]) + 1);
                diagonal = above;
            }
        }
        return costs[to.length()];
    }
}
