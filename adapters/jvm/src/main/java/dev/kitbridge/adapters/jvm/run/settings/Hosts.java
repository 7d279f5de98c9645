package dev.kitbridge.adapters.jvm.run.settings;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that are answered.
 *
 * @param patterns of each; none: every host is
 */
public record Hosts(List<Pattern> patterns) {

    /** What is accepted, for people. */
    static final String ACCEPTED =
            "hosts and origins, separated by commas: example.com, *.example.com, example.com:8443, https://example.com";

    /**
     * A host.
     *
     * @param scheme null for any
     * @param host in lower case; with a dot before it, any host below it
     * @param port null for any where there is no scheme, else for the scheme's own
     */
    public record Pattern(@Nullable String scheme, String host, @Nullable String port) {

        /** Null where the text is none. */
        static @Nullable Pattern parse(String text) {
            String lower = text.toLowerCase(Locale.ROOT);
            if (lower.endsWith("/")) lower = lower.substring(0, lower.length() - 1);
            int colons = lower.indexOf("://");
            String scheme = colons < 0 ? null : lower.substring(0, colons);
            String authority = colons < 0 ? lower : lower.substring(colons + 3);
            if (scheme != null && !scheme.equals("http") && !scheme.equals("https")) return null;
            if (!authority.matches("(\\*\\.)?[a-z0-9._-]+(:\\d{1,5})?|\\[[0-9a-f:.]+](:\\d{1,5})?")) return null;
            int port = portColon(authority);
            String host = port < 0 ? authority : authority.substring(0, port);
            return new Pattern(
                    scheme,
                    host.startsWith("*.") ? host.substring(1) : host,
                    port < 0 ? null : authority.substring(port + 1));
        }

        private boolean matches(String otherScheme, String otherHost, @Nullable String otherPort) {
            if (scheme != null && !scheme.equals(otherScheme)) return false;
            if (port != null && !port.equals(otherPort == null ? usual(otherScheme) : otherPort)) return false;
            if (scheme != null && port == null && otherPort != null && !otherPort.equals(usual(otherScheme)))
                return false;
            return host.startsWith(".") ? otherHost.endsWith(host) : otherHost.equals(host);
        }
    }

    /** Keeps a copy. */
    public Hosts {
        patterns = List.copyOf(patterns);
    }

    /** Whether every host is answered. */
    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /**
     * Whether requests for this origin are answered, where not every host is.
     *
     * @param origin scheme, host and perhaps a port: {@code https://example.com}
     */
    public boolean allow(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        int colons = lower.indexOf("://");
        String scheme = lower.substring(0, colons);
        String authority = lower.substring(colons + 3);
        int port = portColon(authority);
        String host = port < 0 ? authority : authority.substring(0, port);
        String number = port < 0 ? null : authority.substring(port + 1);
        for (Pattern pattern : patterns) {
            if (pattern.matches(scheme, host, number)) return true;
        }
        return false;
    }

    private static int portColon(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? colon : -1;
    }

    private static String usual(String scheme) {
        return scheme.equals("http") ? "80" : "443";
    }
}
