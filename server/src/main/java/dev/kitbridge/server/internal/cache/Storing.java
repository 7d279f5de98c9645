package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.RequestContext;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a response may be kept for others.
 *
 * @param refusal why it may not: a token for {@code Cache-Status}; empty if it may
 * @param freshness how long; null with a refusal
 * @param vary further request headers on which the response depends, in lower case
 * @param omitted fields that only the first client gets, in lower case
 */
record Storing(String refusal, @Nullable Freshness freshness, List<String> vary, Set<String> omitted) {

    /** Statuses whose meaning the cache knows, for {@code must-understand}. */
    private static final Set<Integer> UNDERSTOOD = Set.of(
            200, 201, 202, 203, 204, 300, 301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 410, 414, 451, 500, 501,
            502, 503, 504);

    /** The attribute, before its equals sign. */
    private static final String NONCE = "nonce";

    /** More names would make entries that nobody finds again. */
    private static final int MAX_VARY = 8;

    /** Returns the decision not to keep a response. */
    static Storing no(String refusal) {
        return new Storing(refusal, null, List.of(), Set.of());
    }

    /**
     * Decides from the head of a response, without the route's {@linkplain Rule#query query} and cookies, which
     * {@link Selector#covers} checks.
     *
     * @param request as the worker got it
     * @param asked when the request was sent to the worker
     * @param now when the response was received
     */
    static Storing of(Request request, Response response, Rule rule, Instant asked, Instant now) {
        Headers headers = response.headers();
        Directives all = Directives.of(headers.joined("cache-control"));
        Directives targeted = Directives.targeted(headers.joined("cdn-cache-control"));
        Directives directives = targeted == null ? all : targeted;
        String refusal = refusal(request, response, rule, directives);
        if (!refusal.isEmpty()) return no(refusal);
        List<String> vary = vary(headers.joined("vary"));
        // kit answers with HTML or JSON, and does not say so
        if (response.status() >= 400 && !vary.contains("accept")) vary.add("accept");
        if (vary.contains("*") || vary.size() > MAX_VARY) return no("vary");
        Freshness freshness = Freshness.of(headers, directives, targeted != null, rule, asked, now);
        if (freshness == null) return no("no-freshness");
        boolean ever = freshness.left(0) > 0 || freshness.swr() > 0;
        if (!ever) return no("stale");
        Set<String> omitted = new HashSet<>(directives.fields("private"));
        omitted.addAll(directives.fields("no-cache"));
        return new Storing("", freshness, vary, omitted);
    }

    private static String refusal(Request request, Response response, Rule rule, Directives directives) {
        Headers headers = response.headers();
        if (response.source() != Response.Source.WORKER) return "error";
        if (!request.method().equals("GET") || request.body() != null) return "method";
        if (request.headers().first("authorization") != null) return "authorization";
        if (Directives.of(request.headers().joined("cache-control")).has("no-store")) return "request";
        if (!keeps(rule, response.status())) return "status";
        boolean understood = directives.has("must-understand");
        if (understood && !UNDERSTOOD.contains(response.status())) return "status";
        if (headers.first("set-cookie") != null) return "set-cookie";
        if (directives.has("no-store") && !understood) return "no-store";
        for (String name : List.of("private", "no-cache")) {
            if (directives.has(name) && directives.fields(name).isEmpty()) return name;
        }
        if (headers.first("content-encoding") != null) return "content-encoding";
        if (headers.first("content-range") != null) return "content-range";
        String type = headers.first("content-type");
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("text/event-stream")) return "stream";
        return hasNonce(headers) ? "nonce" : "";
    }

    /**
     * Without a rule, a response states its own freshness, and an error may have the fields of the page that failed.
     */
    private static boolean keeps(Rule rule, int status) {
        if (status == 206 || status == 304) return false;
        return rule.declared() ? rule.statuses().contains(status) : status >= 200 && status < 400;
    }

    /** Returns whether a kept page is not right any more if the app's new response is not kept. */
    static boolean replaces(String refusal, Response response) {
        return response.source() == Response.Source.WORKER
                && response.status() < 500
                && !List.of("request", "rule", "unnamed").contains(refusal);
    }

    private static boolean hasNonce(Headers headers) {
        for (String name : List.of("content-security-policy", "content-security-policy-report-only")) {
            String policy = headers.joined(name);
            if (policy != null && policy.toLowerCase(Locale.ROOT).contains("'nonce-")) return true;
        }
        return false;
    }

    /** Returns the names in lower case; {@code accept-encoding} is left out, since the cache compresses itself. */
    private static List<String> vary(@Nullable String field) {
        List<String> names = new ArrayList<>();
        if (field == null) return names;
        for (String item : field.toLowerCase(Locale.ROOT).split(",", -1)) {
            String name = item.strip();
            if (!name.isEmpty() && !name.equals("accept-encoding") && !names.contains(name)) names.add(name);
        }
        return names;
    }

    /**
     * Returns why a complete response may not be kept, or an empty text.
     *
     * @param used what the app asked for while it rendered
     */
    static String refusal(Headers response, byte[] body, Set<String> used, RespondOptions options) {
        if (used.contains("address") || used.contains("request")) return "address";
        if (isPersonal(used, options)) return "platform";
        String type = response.first("content-type");
        return mayHaveScripts(type) && hasNonce(body) ? "nonce" : "";
    }

    /**
     * Returns whether a page may depend on who the visitor is.
     *
     * @param used what the app asked for while it rendered
     * @param options of the visitor
     */
    static boolean isPersonal(Set<String> used, RespondOptions options) {
        if (used.isEmpty()) return false;
        RequestContext context = options.context();
        if (options.principal() != null || (context != null && context.isPersonal())) return true;
        if (used.contains("*"))
            return !options.attributes().isEmpty() || !options.platform().isEmpty();
        if (used.contains("attributes") && !options.attributes().isEmpty()) return true;
        return used.stream().anyMatch(options.platform()::containsKey);
    }

    /** A browser guesses the type of a response without one; SVG and other XML may have scripts too. */
    private static boolean mayHaveScripts(@Nullable String type) {
        if (type == null) return true;
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.contains("html") || lower.contains("xml");
    }

    private static boolean hasNonce(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        for (int at = text.indexOf('='); at >= 0; at = text.indexOf('=', at + 1)) {
            int end = at;
            // spaces are allowed before the equals sign
            while (end > 0 && text.charAt(end - 1) <= ' ') end--;
            boolean possible = end > 0 && (text.charAt(end - 1) | ' ') == 'e';
            if (possible && text.regionMatches(true, end - NONCE.length(), NONCE, 0, NONCE.length())) return true;
        }
        return false;
    }
}
