package dev.kitbridge.it.parity;

import dev.kitbridge.adapter.test.tck.Difference;
import dev.kitbridge.adapter.test.tck.StandardDifferences;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The intended differences of adapter-jvm; {@code docs/adapter-jvm-parity.md} gives the reason for each. */
final class Intended {

    /** In the order in which they apply. Those that change the request come first. */
    static final List<Difference> ALL = Stream.of(
                    StandardDifferences.all(),
                    IntendedForRequests.ALL,
                    IntendedForFiles.ALL,
                    IntendedForRuntimes.ALL,
                    IntendedForContainers.ALL)
            .flatMap(List::stream)
            .toList();

    private Intended() {}

    static Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (Difference intended : ALL) names.add(intended.name());
        names.removeAll(IntendedForContainers.names());
        return names;
    }
}
