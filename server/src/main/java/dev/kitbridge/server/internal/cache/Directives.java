package dev.kitbridge.server.internal.cache;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cache directives: of a {@code Cache-Control} field (RFC 9111, 5.2), or of a targeted field (RFC 9213).
 *
 * @param values by name in lower case; empty for a directive without a value
 */
record Directives(Map<String, String> values) {

    /** No directive. */
    static final Directives NONE = new Directives(Map.of());

    /** An age that is missing. */
    static final long ABSENT = -1;

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]+");

    /** Stands for a value that is invalid, or that occurs twice and differs. */
    private static final String INVALID = "?";

    /** Largest age that a cache has to represent (RFC 9111, 1.2.2). */
    static final long LARGEST = 1L << 31;

    /** Parses the lines of a {@code Cache-Control} field, joined with commas. */
    static Directives of(@Nullable String field) {
        if (field == null) return NONE;
        Map<String, String> values = new HashMap<>();
        int start = 0;
        boolean quoted = false;
        boolean stray = false;
        for (int i = 0; i <= field.length(); i++) {
            char c = i < field.length() ? field.charAt(i) : ',';
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                stray |= !quoted && (i == 0 || field.charAt(i - 1) != '=');
                quoted = !quoted;
            } else if (c == ',' && (!quoted || i >= field.length())) {
                add(values, field.substring(start, i));
                start = i + 1;
            }
        }
        // a quote in the wrong place may hide a directive that forbids to keep the response
        if (quoted || stray) {
            values.put("no-store", "");
            values.put("private", "");
        }
        return new Directives(values);
    }

    private static void add(Map<String, String> values, String directive) {
        int equals = directive.indexOf('=');
        String name = (equals < 0 ? directive : directive.substring(0, equals)).strip();
        if (name.isEmpty()) return;
        String value = equals < 0 ? "" : value(directive, equals);
        values.merge(name.toLowerCase(Locale.ROOT), value, (one, other) -> one.equals(other) ? one : INVALID);
    }

    /** Spaces beside the equals sign are invalid. */
    private static String value(String directive, int equals) {
        String text = directive.substring(equals + 1).stripTrailing();
        boolean spaces = equals > 0 && Character.isWhitespace(directive.charAt(equals - 1));
        if (spaces || text.isEmpty() || Character.isWhitespace(text.charAt(0))) return INVALID;
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1") : text;
    }

    /** Parses a targeted field. Returns null if it is missing, empty or no dictionary: it is then ignored. */
    static @Nullable Directives targeted(@Nullable String field) {
        Map<String, String> members = field == null ? null : StructuredDictionary.parse(field);
        return members == null || members.isEmpty() ? null : new Directives(members);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** Returns an age in seconds, {@link #ABSENT}, or 0 if it is invalid: the response is then stale at once. */
    long seconds(String name) {
        return has(name) ? Math.max(0, age(values.get(name))) : ABSENT;
    }

    /** Returns an age in seconds, or {@link #ABSENT} if it is missing or invalid. */
    long validSeconds(String name) {
        return age(values.get(name));
    }

    /** Parses an age in seconds. Returns {@link #ABSENT} if it is no whole number; a large number is reduced. */
    static long age(@Nullable String digits) {
        if (digits == null || digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) return ABSENT;
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > 10 ? LARGEST : Math.min(Long.parseLong(significant), LARGEST);
    }

    /**
     * Returns the fields that a directive is limited to, in lower case. An empty list stands for a directive that
     * applies to the whole response.
     */
    List<String> fields(String name) {
        String value = values.get(name);
        if (value == null) return List.of();
        List<String> fields = new ArrayList<>();
        for (String field : value.split(",", -1)) {
            String lower = field.strip().toLowerCase(Locale.ROOT);
            if (!TOKEN.matcher(lower).matches()) return List.of();
            fields.add(lower);
        }
        return fields;
    }
}
