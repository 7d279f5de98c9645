package dev.kitbridge.adapters.jvm.emulate;

import dev.kitbridge.server.Headers;
import dev.kitbridge.standalone.origin.Origin;

/**
 * Where adapter-node takes HTTPS for granted, since a proxy stands before it: no proxy does in development.
 *
 * @param rules for the rest
 */
record ConnectionOrigin(Origin rules) implements Origin {

    @Override
    public Headers believed(Headers headers, String remote) {
        return rules.believed(headers, remote);
    }

    @Override
    public String of(Headers headers, String remote, boolean secure) throws Refused {
        String origin = rules.of(headers, remote, secure);
        return secure ? origin : origin.replaceFirst("^https:", "http:");
    }

    @Override
    public String address(Headers headers, String remote) {
        return rules.address(headers, remote);
    }
}
