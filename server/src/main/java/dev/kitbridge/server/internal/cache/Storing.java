package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
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
 */
record Storing(String refusal, @Nullable Freshness freshness, List<String> vary) {

    private static final byte[] NONCE = "nonce=".getBytes(StandardCharsets.ISO_8859_1);

    /** More names would make entries that nobody finds again. */
    private static final int MAX_VARY = 8;

    /** Returns the decision not to keep a response. */
    static Storing no(String refusal) {
        return new Storing(refusal, null, List.of());
    }

    /**
     * Decides from the head of a response, without the route's {@linkplain Rule#query query} and cookies, which
     * {@link Selector#covers} checks.
     *
     * @param request as the worker got it
     * @param now when the response was received
     */
    static Storing of(Request request, Response response, Rule rule, Instant now) {
        Headers headers = response.headers();
        Directives all = Directives.of(headers.joined("cache-control"));
        Directives targeted = Directives.targeted(headers.joined("cdn-cache-control"));
        Directives directives = targeted == null ? all : targeted;
        String refusal = refusal(request, response, rule, directives);
        if (!refusal.isEmpty()) return no(refusal);
        List<String> vary = vary(headers.joined("vary"));
        if (vary.contains("*") || vary.size() > MAX_VARY) return no("vary");
        Freshness freshness = Freshness.of(headers, directives, targeted != null, rule, now);
        if (freshness == null) return no("no-freshness");
        boolean ever = freshness.left(0) > 0 || freshness.swr() > 0;
        return ever ? new Storing("", freshness, vary) : no("stale");
    }

    private static String refusal(Request request, Response response, Rule rule, Directives directives) {
        Headers headers = response.headers();
        if (response.source() != Response.Source.WORKER) return "error";
        if (!request.method().equals("GET") || request.body() != null) return "method";
        if (request.headers().first("authorization") != null) return "authorization";
        if (Directives.of(request.headers().joined("cache-control")).has("no-store")) return "request";
        if (!rule.statuses().contains(response.status()) || response.status() == 206) return "status";
        if (headers.first("set-cookie") != null) return "set-cookie";
        for (String name : List.of("no-store", "private", "no-cache")) {
            if (directives.has(name)) return name;
        }
        if (headers.first("content-encoding") != null) return "content-encoding";
        if (headers.first("content-range") != null) return "content-range";
        String type = headers.first("content-type");
        if (type != null && type.startsWith("text/event-stream")) return "stream";
        return hasNonce(headers) ? "nonce" : "";
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
    static String refusal(Headers response, ByteBuffer body, Set<String> used, RespondOptions options) {
        if (used.contains("address") || used.contains("request")) return "address";
        if (!used.isEmpty() && isPersonal(options)) return "platform";
        String type = response.first("content-type");
        boolean html = type != null && type.toLowerCase(Locale.ROOT).contains("html");
        return html && contains(body, NONCE) ? "nonce" : "";
    }

    /** Returns whether {@code event.platform} may tell one visitor from another. */
    static boolean isPersonal(RespondOptions options) {
        return options.principal() != null
                || options.context() != null
                || !options.attributes().isEmpty()
                || !options.platform().isEmpty();
    }

    private static boolean contains(ByteBuffer body, byte[] part) {
        int last = body.limit() - part.length;
        for (int i = body.position(); i <= last; i++) {
            int matched = 0;
            while (matched < part.length && lower(body.get(i + matched)) == part[matched]) matched++;
            if (matched == part.length) return true;
        }
        return false;
    }

    private static byte lower(byte c) {
        return c >= 'A' && c <= 'Z' ? (byte) (c + 32) : c;
    }
}
