package dev.kitbridge.adapters.jvm.run.origin;

import dev.kitbridge.adapters.jvm.run.settings.Hosts;
import dev.kitbridge.server.Headers;

/**
 * An origin that does not depend on the request, or that must be one of some.
 *
 * @param rules for the rest
 * @param fixed the origin, or empty
 * @param allowed hosts that are answered
 */
record FixedOrigin(Origin rules, String fixed, Hosts allowed) implements Origin {

    @Override
    public Headers believed(Headers headers, String remote) {
        return rules.believed(headers, remote);
    }

    @Override
    public String of(Headers headers, String remote, boolean secure) throws Refused {
        if (!allowed.isEmpty()) {
            String asked = rules.of(headers, remote, secure);
            if (!allowed.allow(asked)) throw new Refused(421, asked + " is none of ALLOWED_HOSTS");
            if (fixed.isEmpty()) return asked;
        }
        return fixed;
    }

    @Override
    public String address(Headers headers, String remote) {
        return rules.address(headers, remote);
    }
}
