package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a request on which the page of a path depends. A page is rendered from these parts only. No other part,
 * such as one visitor's cookie, can get into a page that others see.
 *
 * @param id of this selector; a new one makes the entries of another unreachable
 * @param rule of the route
 * @param vary names of request headers, in lower case
 * @param kept whether a response was kept; if not, requests do not wait for each other
 */
record Selector(long id, Rule rule, List<String> vary, boolean kept) {

    /**
     * The key of an entry.
     *
     * @param selector id of the selector
     * @param query selected parameters
     * @param values of the selected headers and cookies, an empty text if one is missing; then kit's own fields
     */
    record Key(long selector, String query, List<String> values) {

        /** Returns bytes in memory. */
        int size() {
            int size = 100 + 2 * query.length();
            for (String value : values) size += 50 + 2 * value.length();
            return size;
        }
    }

    private static final Set<String> CONDITIONS =
            Set.of("range", "if-range", "if-match", "if-none-match", "if-modified-since", "if-unmodified-since");

    /** Request headers that are lists of tokens; values of {@code accept} may be quoted, but have no quoted commas. */
    private static final Set<String> LISTS = Set.of("accept", "accept-charset", "accept-language");

    private static final Pattern COMMA = Pattern.compile("[ \\t]*,[ \\t]*");

    /** Begins the query parameters of kit's data requests, and kit's own header fields. */
    private static final String KIT = "x-sveltekit-";

    /** Fields that have the URL of the page that calls a remote function, which the function sees as its own. */
    private static final List<String> CALLER = List.of(KIT + "pathname", KIT + "search");

    /** Returns the current selector if it has all that a response depends on, or one with a new id. */
    static Selector next(@Nullable Selector current, Rule rule, List<String> vary, LongSupplier ids) {
        Set<String> names = new LinkedHashSet<>(rule.vary());
        if (current != null && current.rule.equals(rule)) names.addAll(current.vary);
        names.addAll(vary);
        List<String> all = List.copyOf(names);
        if (current != null && current.rule.equals(rule) && current.vary.equals(all)) {
            return new Selector(current.id, rule, all, true);
        }
        return new Selector(ids.getAsLong(), rule, all, true);
    }

    Selector withId(long other) {
        return new Selector(other, rule, vary, kept);
    }

    /** Returns the key of a request, or null if the request has cookies and the page may depend on any of them. */
    @Nullable
    Key key(Request request) {
        Headers headers = request.headers();
        boolean cookies = headers.first("cookie") != null;
        if (cookies && rule.cookies() == null && !vary.contains("cookie")) return null;
        List<String> own = caller(headers);
        List<String> values = vary.isEmpty() && rule.cookies() == null && own.isEmpty() ? List.of() : new ArrayList<>();
        for (String name : vary) {
            String value = headers.joined(name);
            // a field that is missing differs from an empty one (RFC 9111, 4.1)
            values.add(value == null ? "" : "=" + normal(name, value));
        }
        if (rule.cookies() != null) values.add(cookies(headers, rule.cookies()));
        if (!own.isEmpty()) values.addAll(own);
        return new Key(id, query(request.target()), values);
    }

    /**
     * Returns whether a request has a field by which kit recognizes its own requests, other than {@link #CALLER}.
     * Anyone can send such a field, and kit answers differently.
     */
    static boolean isInternal(Headers headers) {
        boolean[] found = {false};
        headers.forEach((name, value) -> {
            boolean own = name.regionMatches(true, 0, KIT, 0, KIT.length());
            if (own && !CALLER.contains(name.toLowerCase(Locale.ROOT))) found[0] = true;
        });
        return found[0];
    }

    /** Returns the values of {@link #CALLER}; without any, an empty list. */
    private static List<String> caller(Headers headers) {
        List<String> values = List.of();
        for (String name : CALLER) {
            String value = headers.joined(name);
            if (value == null) continue;
            if (values.isEmpty()) values = new ArrayList<>();
            values.add(name + "=" + value);
        }
        return values;
    }

    /** Returns a value without the differences that the field's syntax does not have. */
    private static String normal(String name, String value) {
        if (!LISTS.contains(name)) return value.strip();
        String spaced = value.strip();
        if (spaced.indexOf(',') >= 0) spaced = COMMA.matcher(spaced).replaceAll(", ");
        return name.equals("accept") ? spaced : spaced.toLowerCase(Locale.ROOT);
    }

    /** Returns whether a page that was rendered for the request depends on selected parts only. */
    boolean covers(Request request) {
        if (key(request) == null || !query(request.target()).equals(rawQuery(request.target()))) return false;
        if (vary.contains("cookie")) return true;
        Headers headers = request.headers();
        String cookies = headers.first("cookie") == null ? "" : String.join("; ", headers.all("cookie"));
        return rule.cookies() == null ? cookies.isEmpty() : cookies.equals(cookies(headers, rule.cookies()));
    }

    /** Returns the request from which the page is rendered. */
    Request selected(Request request) {
        String query = query(request.target());
        Headers.Builder fields = Headers.builder();
        boolean whole = vary.contains("cookie");
        // the app itself answers the conditions of a page that is not kept
        boolean conditional = !kept && !rule.declared();
        request.headers().forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if ((conditional || !CONDITIONS.contains(lower)) && (whole || !lower.equals("cookie")))
                fields.add(name, value);
        });
        String cookies = whole || rule.cookies() == null ? "" : cookies(request.headers(), rule.cookies());
        if (!cookies.isEmpty()) fields.add("cookie", cookies);
        String target = path(request.target()) + (query.isEmpty() ? "" : "?" + query);
        return Request.get(request.origin(), target, fields.build());
    }

    private String query(String target) {
        String query = rawQuery(target);
        List<String> names = rule.query();
        if (names == null || query.isEmpty()) return query;
        List<String> selected = new ArrayList<>();
        for (String parameter : query.split("&", -1)) {
            String name = decodedName(parameter);
            if (names.contains(name) || name.startsWith(KIT)) selected.add(parameter);
        }
        selected.sort(Comparator.comparing(Selector::decodedName));
        return String.join("&", selected);
    }

    private static String name(String parameter) {
        int equals = parameter.indexOf('=');
        return equals < 0 ? parameter : parameter.substring(0, equals);
    }

    /** Returns the name of a query parameter as {@code URLSearchParams} has it. */
    private static String decodedName(String parameter) {
        String name = name(parameter).replace('+', ' ');
        return Names.decoded(name);
    }

    private static String cookies(Headers headers, List<String> names) {
        List<String> selected = new ArrayList<>();
        for (String field : headers.all("cookie")) {
            for (String cookie : field.split(";", -1)) {
                if (names.contains(name(cookie.strip()))) selected.add(cookie.strip());
            }
        }
        selected.sort(Comparator.comparing(Selector::name));
        return String.join("; ", selected);
    }

    static String path(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    private static String rawQuery(String target) {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }
}
