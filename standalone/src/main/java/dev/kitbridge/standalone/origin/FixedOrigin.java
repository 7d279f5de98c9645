package dev.kitbridge.standalone.origin;

import dev.kitbridge.server.Headers;
import dev.kitbridge.standalone.settings.Hosts;

/**
 * A configured origin, a list of allowed hosts, or both.
 *
 * @param rules apply to everything else
 * @param fixed the origin, or empty
 * @param allowed hosts that requests may be for
 */
record FixedOrigin(Origin rules, String fixed, Hosts allowed) implements Origin {

    @Override
    public Headers trustedHeaders(Headers headers, String remote) {
        return rules.trustedHeaders(headers, remote);
    }

    @Override
    public String of(Headers headers, String remote, boolean secure) throws Rejected {
        if (!allowed.isEmpty()) {
            String asked = allowed(headers, remote, secure);
            if (fixed.isEmpty()) return asked;
        }
        // an invalid host is rejected even if it is not used (RFC 9112, 3.2); HTTP/1.0 needs none
        String host = headers.first("host");
        if (host != null) Origin.authority("host", host);
        return fixed;
    }

    private String allowed(Headers headers, String remote, boolean secure) throws Rejected {
        String asked;
        try {
            asked = rules.of(headers, remote, secure);
        } catch (Rejected e) {
            // a request without a known host is not for an allowed one, not even for a file
            throw new Rejected(e.status(), true, String.valueOf(e.getMessage()));
        }
        if (!allowed.allow(asked)) throw new Rejected(421, true, asked + " is none of ALLOWED_HOSTS");
        return asked;
    }

    @Override
    public String address(Headers headers, String remote) {
        return rules.address(headers, remote);
    }
}
