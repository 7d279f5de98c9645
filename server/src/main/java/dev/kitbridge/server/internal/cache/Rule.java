package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Revalidation;
import dev.kitbridge.server.internal.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the responses of a route are kept: its {@code config.cache}, or {@code config.isr} as
 * {@code @sveltejs/adapter-vercel} defines it. Durations are in seconds.
 *
 * @param declared whether the route has a rule
 * @param ttl how long a response is fresh; -1 if only its headers say so
 * @param swr how long a stale response is served while a new one is rendered
 * @param sie how long a stale response is served in place of an error
 * @param query names of the query parameters on which the page depends; null for all of them
 * @param vary names of the request headers on which the page depends, in lower case
 * @param cookies names of the cookies on which the page depends; null if the rule does not mention cookies: a response
 *     to a request with cookies is then not kept
 * @param statuses statuses that are kept
 * @param tags of all its pages
 * @param bypassToken digest of the token that makes a request bypass the cache, or render the page again; empty for
 *     none
 */
record Rule(
        boolean declared,
        long ttl,
        long swr,
        long sie,
        @Nullable List<String> query,
        List<String> vary,
        @Nullable List<String> cookies,
        Set<Integer> statuses,
        List<String> tags,
        String bypassToken) {

    private static final Set<Integer> STATUSES = Set.of(200, 203, 204, 301, 308);

    private static final long YEAR = 365L * 24 * 60 * 60;

    private static final Set<String> MEMBERS =
            Set.of("ttl", "swr", "sie", "query", "vary", "cookies", "statuses", "tags");

    /** The rule of a route that has none: the response's headers decide. */
    static final Rule NONE = new Rule(false, -1, 0, 0, null, List.of(), null, STATUSES, List.of(), "");

    /**
     * Parses the configuration of a route.
     *
     * @param json an object with {@code cache}, {@code isr} or both, of which the first counts; empty for none
     * @throws IllegalArgumentException if a member has the wrong type; the message names it
     */
    static Rule parse(String json) {
        if (json.isEmpty()) return NONE;
        if (!(Json.read(json.getBytes(StandardCharsets.ISO_8859_1)) instanceof Map<?, ?> config)) return NONE;
        if (config.get("cache") != null) return cache(object(config, "cache"));
        return isr(object(config, "isr"));
    }

    private static Rule cache(Map<?, ?> cache) {
        for (Object name : cache.keySet()) {
            if (!MEMBERS.contains(name)) {
                throw new IllegalArgumentException("config.cache." + name + " is unknown; expected one of "
                        + MEMBERS.stream().sorted().toList());
            }
        }
        Set<Integer> statuses = new HashSet<>(STATUSES);
        if (cache.get("statuses") != null) {
            statuses.clear();
            for (Object status : list(cache, "cache", "statuses")) {
                statuses.add((int) number(status, "cache.statuses"));
            }
        }
        List<String> vary = names(cache, "cache", "vary");
        return new Rule(
                true,
                seconds(cache, "cache", "ttl", -1),
                seconds(cache, "cache", "swr", 0),
                seconds(cache, "cache", "sie", 0),
                names(cache, "cache", "query"),
                vary == null
                        ? List.of()
                        : vary.stream()
                                .map(name -> name.toLowerCase(Locale.ROOT))
                                .toList(),
                names(cache, "cache", "cookies"),
                Set.copyOf(statuses),
                tags(cache),
                "");
    }

    private static List<String> tags(Map<?, ?> cache) {
        List<String> tags = names(cache, "cache", "tags");
        if (tags == null) return List.of();
        for (String tag : tags) {
            if (!Revalidation.isTag(tag)) {
                throw invalid(
                        "cache.tags",
                        tag,
                        "tags of 1 to " + Revalidation.LARGEST_TAG + " characters without spaces and commas");
            }
        }
        return tags;
    }

    /** On Vercel, such a page is rendered without cookies, and a stale one is served until the new one is rendered. */
    private static Rule isr(Map<?, ?> isr) {
        Object expiration = isr.get("expiration");
        long ttl = Boolean.FALSE.equals(expiration) ? YEAR : seconds(isr, "isr", "expiration", -1);
        if (ttl < 0) throw invalid("isr.expiration", null, "a number of seconds, or false");
        Object token = isr.get("bypassToken");
        if (token != null && !(token instanceof String)) throw invalid("isr.bypassToken", token, "a string");
        return new Rule(
                true,
                ttl,
                YEAR,
                YEAR,
                names(isr, "isr", "allowQuery"),
                List.of(),
                List.of(),
                STATUSES,
                List.of(),
                token == null ? "" : digest((String) token));
    }

    /** Returns whether a token is that of the rule. */
    boolean hasToken(@Nullable String token) {
        return token != null && !bypassToken.isEmpty() && bypassToken.equals(digest(token));
    }

    /** Vercel's preview: returns whether a request has a cookie with the token of the rule. */
    boolean isBypassedBy(Headers headers) {
        if (bypassToken.isEmpty()) return false;
        for (String field : headers.all("cookie")) {
            for (String cookie : field.split(";", -1)) {
                String[] parts = cookie.strip().split("=", 2);
                if (parts.length == 2 && parts[0].equals("__prerender_bypass") && hasToken(parts[1])) return true;
            }
        }
        return false;
    }

    /** A rule gets into the cache that replicas share, where nobody has to read the token. */
    private static String digest(String token) {
        return token.isEmpty() ? "" : Digests.text(token);
    }

    private static Map<?, ?> object(Map<?, ?> config, String name) {
        if (config.get(name) instanceof Map<?, ?> object) return object;
        throw invalid(name, config.get(name), "an object");
    }

    private static long seconds(Map<?, ?> object, String in, String name, long otherwise) {
        Object value = object.get(name);
        return value == null ? otherwise : Math.min(number(value, in + "." + name), YEAR);
    }

    private static long number(@Nullable Object value, String name) {
        if (value instanceof Long number && number >= 0) return number;
        throw invalid(name, value, "a whole number, 0 or more");
    }

    private static @Nullable List<String> names(Map<?, ?> object, String in, String name) {
        if (object.get(name) == null) return null;
        return list(object, in, name).stream()
                .map(item -> {
                    if (item instanceof String text) return text;
                    throw invalid(in + "." + name, item, "strings");
                })
                .toList();
    }

    private static List<?> list(Map<?, ?> object, String in, String name) {
        if (object.get(name) instanceof List<?> list) return list;
        throw invalid(in + "." + name, object.get(name), "an array");
    }

    private static IllegalArgumentException invalid(String name, @Nullable Object value, String expected) {
        return new IllegalArgumentException("config." + name + " is " + value + "; expected " + expected);
    }
}
