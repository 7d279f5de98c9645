package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Headers;
import dev.kitbridge.server.internal.content.HttpDate;
import dev.kitbridge.server.internal.content.Representation;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a response that are kept (RFC 9111, 3.1 and 3.2). */
final class StoredFields {

    /** Fields of one connection or of a proxy, and the state of this response in a cache. */
    private static final Set<String> OMITTED = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authentication-info",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "cache-status");

    /** Describe the content, which a response with status 304 does not have. */
    private static final Set<String> OF_CONTENT = Set.of("content-length", "content-encoding", "content-range");

    private StoredFields() {}

    /**
     * Returns the fields to keep, with a date.
     *
     * @param omitted names in lower case
     * @param received when the response was received
     */
    static Headers of(Headers response, Set<String> omitted, Instant received) {
        Set<String> without = new HashSet<>(omitted);
        String connection = response.joined("connection");
        if (connection != null) {
            for (String name : connection.split(",", -1))
                without.add(name.strip().toLowerCase(Locale.ROOT));
        }
        boolean dated = Freshness.date(response, "date", received) != null;
        Headers.Builder kept = Headers.builder();
        response.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals("date") && !dated) return;
            if (!OMITTED.contains(lower) && !without.contains(lower)) kept.add(lower, value);
        });
        if (!dated) kept.add("date", HttpDate.format(received));
        return kept.build();
    }

    /** Returns kept fields, updated by a response with status 304. */
    static Headers updated(Headers kept, Headers confirmation) {
        Set<String> replaced = new HashSet<>(Set.of("age", "date"));
        confirmation.forEach((name, value) -> replaced.add(name.toLowerCase(Locale.ROOT)));
        replaced.removeAll(OF_CONTENT);
        Headers.Builder updated = Headers.builder();
        kept.forEach((name, value) -> {
            if (!replaced.contains(name)) updated.add(name, value);
        });
        confirmation.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!OF_CONTENT.contains(lower)) updated.add(lower, value);
        });
        return updated.build();
    }

    /** Returns the dates of kept fields for conditional requests. */
    static Representation.@Nullable Dates dates(Headers kept) {
        Instant date = HttpDate.parse(String.valueOf(kept.first("date")), Instant.EPOCH);
        if (date == null) return null;
        if (kept.first("last-modified") == null) return new Representation.Dates(date, false, date);
        Instant modified = Freshness.date(kept, "last-modified", date);
        boolean exact = modified != null && modified.isBefore(date);
        return new Representation.Dates(modified, exact, date);
    }
}
