package dev.kitbridge.adapters.jvm.emulate;

import dev.kitbridge.server.Headers;
import dev.kitbridge.standalone.origin.Origin;

/**
 * Takes the scheme from the connection. adapter-node assumes HTTPS, since it runs behind a proxy; development has no
 * proxy.
 *
 * @param rules apply to everything else
 */
record ConnectionOrigin(Origin rules) implements Origin {

    @Override
    public Headers trustedHeaders(Headers headers, String remote) {
        return rules.trustedHeaders(headers, remote);
    }

    @Override
    public String of(Headers headers, String remote, boolean secure) throws Rejected {
        String origin = rules.of(headers, remote, secure);
        return secure ? origin : origin.replaceFirst("^https:", "http:");
    }

    @Override
    public String address(Headers headers, String remote) {
        return rules.address(headers, remote);
    }
}
