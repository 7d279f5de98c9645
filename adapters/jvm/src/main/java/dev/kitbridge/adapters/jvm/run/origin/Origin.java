package dev.kitbridge.adapters.jvm.run.origin;

import dev.kitbridge.adapters.jvm.run.settings.Settings.Forwarding;
import dev.kitbridge.server.Headers;

/** Where a request comes from and what it asks for, as far as its headers are believed. */
public interface Origin {

    /** A request that is not for this app, or whose origin cannot be told. */
    final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        private final int status;

        Refused(int status, String message) {
            super(message, null, false, false);
            this.status = status;
        }

        /** 400 or 421. */
        public int status() {
            return status;
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
     * As the settings want it.
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
