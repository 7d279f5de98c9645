package dev.kitbridge.it.parity;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Differences that a servlet container forces; {@code docs/servlet.md} gives the reason for each. */
final class IntendedForContainers {

    private static final Set<String> CONTAINERS = Set.of("tomcat11", "tomcat10", "jetty");

    static final List<Intended> ALL = List.of();

    private IntendedForContainers() {}

    static Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (Intended intended : ALL) names.add(intended.name());
        return names;
    }

    private static Intended container(String name, Predicate<Case> when, UnaryOperator<Case> then) {
        return new Intended(
                "container-" + name, asked -> CONTAINERS.contains(asked.runtime()) && when.test(asked), then);
    }
}
