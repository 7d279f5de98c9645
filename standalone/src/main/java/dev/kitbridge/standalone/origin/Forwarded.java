package dev.kitbridge.standalone.origin;

import dev.kitbridge.server.Headers;
import dev.kitbridge.standalone.settings.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One proxy's description of its client, in {@code Forwarded} (RFC 7239) or the {@code X-Forwarded-} headers.
 *
 * @param client address without port; null if unknown
 * @param proto protocol
 * @param host host with or without a port
 * @param port port
 */
record Forwarded(@Nullable String client, @Nullable String proto, @Nullable String host, @Nullable String port) {

    static final Forwarded NOTHING = new Forwarded(null, null, null, null);

    /**
     * Pairs begin a hop or follow a semicolon. The quantifiers are possessive: a client's value needs no backtracking.
     */
    private static final Pattern PAIR = Pattern.compile(
            "(?<![^;])\\s*+([a-zA-Z]++)\\s*+=\\s*+" + "(?:\"((?:[^\"\\\\]++|\\\\.)*+)\"|([^;\"\\s]*+))\\s*+(?:;|$)");

    private static final Pattern HIDDEN = Pattern.compile("_[a-zA-Z0-9._-]{1,100}");

    /**
     * Returns the hops, from the client to this server; empty without such headers.
     *
     * @param standard whether {@code Forwarded} counts instead of the {@code X-Forwarded-} headers
     */
    static List<Forwarded> of(Headers headers, boolean standard) {
        if (standard) {
            // line by line: a client's unclosed quote must not extend into the proxy's own line
            return headers.all("forwarded").stream()
                    .flatMap(line -> standard(line).stream())
                    .toList();
        }
        List<String> clients = list(headers, "x-forwarded-for");
        List<String> protos = list(headers, "x-forwarded-proto");
        List<String> hosts = list(headers, "x-forwarded-host");
        List<String> ports = list(headers, "x-forwarded-port");
        int count = Math.max(clients.size(), protos.isEmpty() && hosts.isEmpty() && ports.isEmpty() ? 0 : 1);
        List<Forwarded> hops = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String client = clients.isEmpty() ? null : address(clients.get(i));
            hops.add(new Forwarded(client, at(protos, i, count), at(hosts, i, count), at(ports, i, count)));
        }
        return hops;
    }

    /** Returns the value of a hop. If the list is not as long as that of the addresses, its last value counts. */
    private static @Nullable String at(List<String> values, int index, int count) {
        if (values.isEmpty()) return null;
        return values.get(values.size() == count ? index : values.size() - 1);
    }

    private static List<String> list(Headers headers, String name) {
        List<String> values = headers.all(name);
        if (values.isEmpty()) return values;
        return Stream.of(String.join(",", values).split(",", -1))
                .map(String::strip)
                .toList();
    }

    /** Splits at commas outside quotes. An unclosed quote could hide a hop: the result is then empty. */
    private static List<Forwarded> standard(String value) {
        List<Forwarded> hops = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i <= value.length(); i++) {
            char c = i < value.length() ? value.charAt(i) : ',';
            if (c == '"') quoted = !quoted;
            else if (quoted && c == '\\') i++;
            else if (c == ',' && !quoted) {
                String element = value.substring(start, i).strip();
                if (!element.isEmpty()) hops.add(hop(element));
                start = i + 1;
            }
        }
        return quoted ? List.of() : hops;
    }

    private static Forwarded hop(String element) {
        String client = null;
        String proto = null;
        String host = null;
        for (Matcher pair = PAIR.matcher(element); pair.find(); ) {
            String text = pair.group(2) == null ? pair.group(3) : pair.group(2).replaceAll("\\\\(.)", "$1");
            switch (pair.group(1).toLowerCase(Locale.ROOT)) {
                case "for" -> client = address(text);
                case "proto" -> proto = text;
                case "host" -> host = text;
                default -> {
                    // "by" and extensions
                }
            }
        }
        return new Forwarded(client, proto, host, null);
    }

    /**
     * Returns an IP address without its port and brackets, or an identifier that hides one (RFC 7239, 6.3). Null for
     * {@code unknown} and for anything else: the app could take it for an address.
     */
    private static @Nullable String address(String text) {
        if (HIDDEN.matcher(text).matches()) return text;
        String bare = text;
        int colon = text.indexOf(':');
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            bare = end < 0 ? text : text.substring(1, end);
        } else if (colon > 0 && colon == text.lastIndexOf(':')) {
            bare = text.substring(0, colon);
        }
        return Cidr.address(bare) == null ? null : bare;
    }
}
