package dev.kitbridge.maven.build;

import java.util.Map;
import java.util.stream.Stream;

/** The rule of a route for keeping its rendered pages. */
public final class PageCacheRule {

    private PageCacheRule() {}

    /** Returns whether a route's configuration has a rule: {@code cache} or {@code isr}, unless it is false. */
    public static boolean isIn(Map<String, Object> config) {
        return Stream.of("cache", "isr")
                .map(config::get)
                .anyMatch(value -> value != null && !Boolean.FALSE.equals(value));
    }
}
