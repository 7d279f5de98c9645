package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Headers;
import dev.kitbridge.server.internal.content.HttpDate;
import java.time.Instant;
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
     * @param asked when the request was sent to the app
     * @param now when the response was received
     */
    static @Nullable Freshness of(
            Headers response, Directives directives, boolean targeted, Rule rule, Instant asked, Instant now) {
        long lifetime = lifetime(response, directives, targeted, rule, now);
        if (lifetime < 0) return null;
        boolean strict = directives.has("must-revalidate") || directives.has("proxy-revalidate");
        return new Freshness(
                age(response, asked, now),
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
        Instant expires = date(response, "expires", now);
        return expires == null ? 0 : Math.max(0, expires.getEpochSecond() - sent(response, now));
    }

    private static long stale(Directives directives, String name, long otherwise) {
        return directives.has(name) ? directives.seconds(name) : otherwise;
    }

    /** Returns the corrected initial age (RFC 9111, 4.2.3). Of {@code Age}, only the first value counts, if valid. */
    private static long age(Headers response, Instant asked, Instant now) {
        String field = response.first("age");
        String first = field == null ? null : field.split(",", 2)[0].strip();
        long delay = Math.max(0, now.getEpochSecond() - asked.getEpochSecond());
        long apparent = Math.max(0, now.getEpochSecond() - sent(response, now));
        return Math.max(apparent, Math.max(0, Directives.age(first)) + delay);
    }

    /** Returns the seconds of {@code Date}, or of now if it is missing or invalid. */
    private static long sent(Headers response, Instant now) {
        Instant date = date(response, "date", now);
        return (date == null ? now : date).getEpochSecond();
    }

    static @Nullable Instant date(Headers fields, String name, Instant now) {
        return fields.all(name).size() == 1 ? HttpDate.parse(fields.all(name).get(0), now) : null;
    }

    /** Returns for how many seconds the response is still fresh; less than zero if it is stale. */
    long left(long seconds) {
        return lifetime - age - seconds;
    }
}
