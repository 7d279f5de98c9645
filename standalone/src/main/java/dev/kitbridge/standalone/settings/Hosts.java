package dev.kitbridge.standalone.settings;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that requests may be for, {@code ALLOWED_HOSTS}.
 *
 * @param patterns the entries; empty to accept every host
 */
public record Hosts(List<Pattern> patterns) {

    /** The accepted values, for error messages. */
    static final String ACCEPTED =
            "hosts and origins, separated by commas: example.com, *.example.com, example.com:8443, https://example.com";

    /**
     * One entry of the list.
     *
     * @param scheme null for any
     * @param below whether it matches all subdomains of {@code authority}, and not that host itself
     * @param authority without a port: any port if there is no scheme, otherwise the scheme's default port
     */
    public record Pattern(@Nullable String scheme, boolean below, Authority authority) {

        /** Returns null if the text is no pattern. */
        static @Nullable Pattern parse(String text) {
            String lower = text.toLowerCase(Locale.ROOT);
            if (lower.endsWith("/")) lower = lower.substring(0, lower.length() - 1);
            int colons = lower.indexOf("://");
            String scheme = colons < 0 ? null : lower.substring(0, colons);
            String rest = colons < 0 ? lower : lower.substring(colons + 3);
            if (scheme != null && !scheme.equals("http") && !scheme.equals("https")) return null;
            boolean below = rest.startsWith("*.");
            Authority authority = Authority.parse(below ? rest.substring(2) : rest);
            return authority == null ? null : new Pattern(scheme, below, authority);
        }

        private boolean matches(String otherScheme, Authority other) {
            if (scheme != null && !scheme.equals(otherScheme)) return false;
            boolean anyPort = scheme == null && authority.port() == null;
            if (!anyPort && authority.portFor(otherScheme) != other.portFor(otherScheme)) return false;
            return below
                    ? other.host().endsWith("." + authority.host())
                    : other.host().equals(authority.host());
        }
    }

    /** Copies the patterns. */
    public Hosts {
        patterns = List.copyOf(patterns);
    }

    /** Returns whether every host is accepted. */
    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /**
     * Returns whether the list, if it is not empty, contains an origin.
     *
     * @param origin scheme, host and perhaps a port: {@code https://example.com}
     */
    public boolean allow(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        int colons = lower.indexOf("://");
        Authority asked = colons < 0 ? null : Authority.parse(lower.substring(colons + 3));
        if (asked == null) return false;
        String scheme = lower.substring(0, colons);
        return patterns.stream().anyMatch(pattern -> pattern.matches(scheme, asked));
    }
}
