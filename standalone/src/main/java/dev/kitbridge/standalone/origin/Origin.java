package dev.kitbridge.standalone.origin;

import dev.kitbridge.server.Headers;
import dev.kitbridge.standalone.settings.Authority;
import dev.kitbridge.standalone.settings.Settings.Forwarding;

/** Decides which headers of a request are trusted, and derives its origin and the client's address from them. */
public interface Origin {

    /** A request that is not for this app, or whose origin is not known. */
    final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        private final int status;
        private final boolean files;

        /** @param files whether files are refused too, which need no origin */
        Refused(int status, boolean files, String message) {
            super(message, null, false, false);
            this.status = status;
            this.files = files;
        }

        /** 400 or 421. */
        public int status() {
            return status;
        }

        /** Whether files are refused too. Otherwise only the app's answers are, as by adapter-node. */
        public boolean refusesFiles() {
            return files;
        }
    }

    /**
     * The headers that the app is to see.
     *
     * @param remote address of the connection's other end; empty on a Unix socket
     */
    Headers believed(Headers headers, String remote);

    /**
     * Scheme, host and port as the client knows them.
     *
     * @param headers believed ones
     * @param secure whether the connection is
     */
    String of(Headers headers, String remote, boolean secure) throws Refused;

    /**
     * The client's address.
     *
     * @param headers believed ones
     * @throws IllegalStateException if the header that has it does not; the message is for the app's developer
     */
    String address(Headers headers, String remote);

    /**
     * Parses a header with a host.
     *
     * @param name of the header, for the message
     */
    static Authority authority(String name, String value) throws Refused {
        Authority authority = Authority.parse(value);
        if (authority == null) {
            throw new Refused(
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
