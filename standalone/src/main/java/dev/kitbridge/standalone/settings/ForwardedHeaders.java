package dev.kitbridge.standalone.settings;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The headers by which trusted proxies describe the client, {@code FORWARDED_HEADERS}: {@code Forwarded} (RFC 7239), or
 * some of the {@code X-Forwarded-} headers, never both. A proxy that sets one family passes the other on as its client
 * sent it.
 *
 * @param names in lower case
 */
public record ForwardedHeaders(Set<String> names) {

    private static final String STANDARD = "forwarded";

    /** The {@code X-Forwarded-} headers that describe the origin or the client. */
    public static final Set<String> DE_FACTO =
            Set.of("x-forwarded-for", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-port");

    /** The default has no port: few proxies set it, and the browser's host contains it. */
    static final ForwardedHeaders DEFAULT =
            new ForwardedHeaders(Set.of("x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"));

    /** The accepted values, for error messages. */
    static final String ACCEPTED =
            "forwarded, or those of x-forwarded-for, x-forwarded-proto, x-forwarded-host and x-forwarded-port that the proxy sets itself, separated by commas";

    /** Copies the names. */
    public ForwardedHeaders {
        names = Set.copyOf(names);
    }

    /** Returns null if the list names another header, or both families. */
    static @Nullable ForwardedHeaders of(List<String> list) {
        Set<String> names = new HashSet<>();
        for (String name : list) names.add(name.toLowerCase(Locale.ROOT));
        boolean accepted = names.equals(Set.of(STANDARD)) || (!names.isEmpty() && DE_FACTO.containsAll(names));
        return accepted ? new ForwardedHeaders(names) : null;
    }

    /** Returns whether proxies set {@code Forwarded}. */
    public boolean isStandard() {
        return names.contains(STANDARD);
    }
}
