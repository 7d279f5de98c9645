package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Request;
import dev.kitbridge.server.Response;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pages that a successful change concerns (RFC 9111, 4.4). */
final class Locations {

    private Locations() {}

    /**
     * Returns the path of the request, and those of {@code Location} and {@code Content-Location} at its origin, if
     * there is a response.
     */
    static String[] of(Request request, @Nullable Response response) {
        Set<String> paths = new LinkedHashSet<>();
        paths.add(Selector.path(request.target()));
        if (response == null) return paths.toArray(String[]::new);
        for (String name : new String[] {"location", "content-location"}) {
            for (String location : response.headers().all(name)) add(paths, request, location);
        }
        return paths.toArray(String[]::new);
    }

    private static void add(Set<String> paths, Request request, String location) {
        try {
            URI origin = URI.create(request.origin());
            URI found = uri(request.origin(), Selector.path(request.target())).resolve(uri("", location));
            if (isSame(origin, found) && found.getRawPath() != null) paths.add(found.getRawPath());
        } catch (IllegalArgumentException e) {
            // no URL, so it names no page
        }
    }

    /** Parses a URL. Browsers send some characters that {@link URI} rejects as they are, such as brackets. */
    private static URI uri(String origin, String rest) {
        try {
            return URI.create(origin + rest);
        } catch (IllegalArgumentException e) {
            StringBuilder escaped = new StringBuilder(origin);
            for (int i = 0; i < rest.length(); i++) {
                char c = rest.charAt(i);
                if (c <= ' ' || "\"<>[]\\^`{|}".indexOf(c) >= 0) escaped.append(String.format("%%%02X", (int) c));
                else escaped.append(c);
            }
            return URI.create(escaped.toString());
        }
    }

    private static boolean isSame(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && other.getHost() != null
                && other.getHost().equalsIgnoreCase(one.getHost())
                && port(one) == port(other);
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) return uri.getPort();
        return uri.getScheme().toLowerCase(Locale.ROOT).equals("https") ? 443 : 80;
    }
}
