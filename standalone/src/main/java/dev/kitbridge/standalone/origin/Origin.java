package dev.kitbridge.standalone.origin;

import dev.kitbridge.server.Headers;
import dev.kitbridge.standalone.settings.Authority;
import dev.kitbridge.standalone.settings.Settings.Forwarding;

/** Decides which headers of a request are trusted, and derives its origin and the client's address from them. */
public interface Origin {

    /** A request that is not for this app, or whose origin is unknown. */
    final class Rejected extends Exception {
        private static final long serialVersionUID = 1;

        private final int status;
        private final boolean files;

        /** @param files whether requests for files, which need no origin, are rejected too */
        Rejected(int status, boolean files, String message) {
            super(message, null, false, false);
            this.status = status;
            this.files = files;
        }

        /** Returns 400 or 421. */
        public int status() {
            return status;
        }

        /** Returns whether requests for files are rejected too. Otherwise only pages are, as with adapter-node. */
        public boolean rejectsFiles() {
            return files;
        }
    }

    /**
     * Returns the headers that the app receives.
     *
     * @param remote address of the connection's other end; empty on a Unix socket
     */
    Headers trustedHeaders(Headers headers, String remote);

    /**
     * Returns the origin of the URL that the client requested.
     *
     * @param headers trusted headers
     * @param secure whether the connection uses TLS
     */
    String of(Headers headers, String remote, boolean secure) throws Rejected;

    /**
     * Returns the client's address.
     *
     * @param headers trusted headers
     * @throws IllegalStateException if the configured header is missing; the message is for the app's developer
     */
    String address(Headers headers, String remote);

    /**
     * Parses a header with a host.
     *
     * @param name the header's name, for the message
     */
    static Authority authority(String name, String value) throws Rejected {
        Authority authority = Authority.parse(value);
        if (authority == null) {
            throw new Rejected(
                    400,
                    true,
                    "the header " + name + " is '" + value + "'; expected a host with or without a port: example.com");
        }
        return authority;
    }

    /**
     * Returns the rules that the settings ask for.
     *
     * @param built {@code paths.origin} of the app, or empty
     */
    static Origin of(Forwarding settings, String built) {
        Origin rules =
                settings.trusted() == null ? new NodeOrigin(settings) : new ProxiedOrigin(settings, settings.trusted());
        String fixed = settings.origin() != null ? settings.origin() : built;
        if (fixed.isEmpty() && settings.allowed().isEmpty()) return rules;
        return new FixedOrigin(rules, fixed, settings.allowed());
    }
}
