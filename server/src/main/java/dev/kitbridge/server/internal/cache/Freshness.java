package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Headers;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How long a response may be served (RFC 9111, 4.2; RFC 5861), in seconds.
 *
 * @param age how old the response was when it was received
 * @param lifetime up to which age it is fresh
 * @param swr how long after that it may be served while a new one is rendered
 * @param sie how long after that it may be served in place of an error
 */
record Freshness(long age, long lifetime, long swr, long sie) {

    /**
     * Returns the freshness of a response, or null if neither the response nor the rule states any. The response's
     * statement for shared caches counts more than the rule. The rule counts more than its statement for all caches.
     *
     * @param directives those that apply to a shared cache
     * @param targeted whether they come from a field for shared caches only
     * @param now when the response was received
     */
    static @Nullable Freshness of(Headers response, Directives directives, boolean targeted, Rule rule, Instant now) {
        long lifetime = lifetime(response, directives, targeted, rule, now);
        if (lifetime < 0) return null;
        boolean strict = directives.has("must-revalidate") || directives.has("proxy-revalidate");
        return new Freshness(
                age(response),
                lifetime,
                strict ? 0 : stale(directives, "stale-while-revalidate", rule.swr()),
                strict ? 0 : stale(directives, "stale-if-error", rule.sie()));
    }

    private static long lifetime(Headers response, Directives directives, boolean targeted, Rule rule, Instant now) {
        if (directives.has("s-maxage")) return directives.seconds("s-maxage");
        if (targeted && directives.has("max-age")) return directives.seconds("max-age");
        if (rule.ttl() >= 0) return rule.ttl();
        if (directives.has("max-age")) return directives.seconds("max-age");
        if (targeted || response.first("expires") == null) return Directives.ABSENT;
        Instant expires = date(response, "expires");
        Instant date = response.first("date") == null ? now : date(response, "date");
        return expires == null || date == null ? 0 : Math.max(0, expires.getEpochSecond() - date.getEpochSecond());
    }

    private static long stale(Directives directives, String name, long otherwise) {
        return directives.has(name) ? directives.seconds(name) : otherwise;
    }

    /** Only the first value counts, and an invalid one does not. */
    private static long age(Headers response) {
        String value = response.first("age");
        if (value == null) return 0;
        String first = value.split(",", 2)[0].strip();
        return first.matches("\\d{1,10}") ? Long.parseLong(first) : 0;
    }

    private static @Nullable Instant date(Headers response, String name) {
        if (response.all(name).size() != 1) return null;
        try {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME
                    .withLocale(Locale.ROOT)
                    .parse(response.all(name).get(0)));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Returns for how many seconds the response is still fresh; less than zero if it is stale. */
    long left(long seconds) {
        return lifetime - age - seconds;
    }
}
