package dev.kitbridge.it.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * An intended difference; {@code docs/adapter-jvm-parity.md} gives the reason for each.
 *
 * @param name the name in the docs
 * @param when selects the requests
 * @param then returns the complete answer that is expected instead of the official one
 */
record Intended(String name, Predicate<Case> when, UnaryOperator<Case> then) {

    /** All intended differences, in the order in which they apply. Those that change the request come first. */
    static final List<Intended> ALL = Stream.of(
                    IntendedForRequests.ALL, IntendedForFiles.ALL, IntendedForRuntimes.ALL, IntendedForContainers.ALL)
            .flatMap(List::stream)
            .toList();

    static Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (Intended intended : ALL) names.add(intended.name());
        names.removeAll(IntendedForContainers.names());
        return names;
    }

    /**
     * Returns the unintended differences.
     *
     * @param seen receives the names of the intended differences that were found
     */
    static List<String> unintended(Case asked, Set<String> seen) {
        Case now = asked;
        List<String> applied = new ArrayList<>();
        for (Intended one : ALL) {
            if (!one.when().test(now)) continue;
            Case next = one.then().apply(now);
            if (!differences(asked.ask(), now.expected(), next.expected()).isEmpty()) applied.add(one.name());
            now = next;
        }
        List<String> lines = new ArrayList<>(differences(asked.ask(), now.expected(), asked.ours()));
        lines.addAll(now.untrueLength());
        if (lines.isEmpty()) seen.addAll(applied);
        if (applied.isEmpty()) return lines;
        return lines.stream()
                .map(line -> line + " (expected by " + String.join(", ", applied) + ")")
                .toList();
    }

    private static List<String> differences(Ask ask, Answer theirs, Answer ours) {
        return Comparison.differences(ask, theirs, ours);
    }
}
