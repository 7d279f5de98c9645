package dev.kitbridge.standalone.origin;

import dev.kitbridge.server.Headers;
import dev.kitbridge.standalone.settings.Hosts;

/**
 * A configured origin, a list of allowed hosts, or both.
 *
 * @param rules decide everything else
 * @param fixed the origin, or empty
 * @param allowed hosts that requests may be for
 */
record FixedOrigin(Origin rules, String fixed, Hosts allowed) implements Origin {

    @Override
    public Headers believed(Headers headers, String remote) {
        return rules.believed(headers, remote);
    }

    @Override
    public String of(Headers headers, String remote, boolean secure) throws Refused {
        if (!allowed.isEmpty()) {
            String asked = allowed(headers, remote, secure);
            if (fixed.isEmpty()) return asked;
        }
        // an invalid host is refused even if nothing depends on it (RFC 9112, 3.2); HTTP/1.0 may have none
        String host = headers.first("host");
        if (host != null) Origin.authority("host", host);
        return fixed;
    }

    private String allowed(Headers headers, String remote, boolean secure) throws Refused {
        String asked;
        try {
            asked = rules.of(headers, remote, secure);
        } catch (Refused e) {
            // a request whose host is not known is not for an allowed one, whatever its path
            throw new Refused(e.status(), true, String.valueOf(e.getMessage()));
        }
        if (!allowed.allow(asked)) throw new Refused(421, true, asked + " is none of ALLOWED_HOSTS");
        return asked;
    }

    @Override
    public String address(Headers headers, String remote) {
        return rules.address(headers, remote);
    }
}
