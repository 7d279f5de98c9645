package dev.kitbridge.standalone.origin;

import dev.kitbridge.server.Headers;
import dev.kitbridge.standalone.settings.Authority;
import dev.kitbridge.standalone.settings.Settings.Forwarding;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of {@code @sveltejs/adapter-node} 6: configured headers are trusted from every client. */
final class NodeOrigin implements Origin {

    private final Forwarding settings;

    /** The last derived origin: nearly all requests have the same. */
    private volatile Derived last = new Derived("", "", "");

    private record Derived(String protocol, String host, String origin) {}

    /** @param settings names of the headers */
    NodeOrigin(Forwarding settings) {
        this.settings = settings;
    }

    @Override
    public Headers trustedHeaders(Headers headers, String remote) {
        return headers;
    }

    @Override
    public String of(Headers headers, String remote, boolean secure) throws Rejected {
        String protocol = decoded(single(settings.protocolHeader(), headers));
        if (protocol == null || protocol.isEmpty()) protocol = "https";
        // the value could contain a host after the colon
        if (protocol.contains(":")) {
            throw new Rejected(
                    400,
                    false,
                    "the header " + settings.protocolHeader() + " is '" + protocol
                            + "'; expected a protocol without a colon");
        }
        String named = settings.hostHeader();
        String host = single(named, headers);
        if (host == null || host.isEmpty()) {
            named = "host";
            host = single(named, headers);
        }
        if (host == null || host.isEmpty()) throw new Rejected(400, false, "the request has no host header");
        String port = single(settings.portHeader(), headers);
        boolean plain = port == null || port.isEmpty();
        Derived known = last;
        if (plain && known.protocol.equals(protocol) && known.host.equals(host)) return known.origin;
        Authority authority = Origin.authority(String.valueOf(named), host);
        if (plain) {
            String origin = protocol + "://" + authority;
            last = new Derived(protocol, host, origin);
            return origin;
        }
        if (authority.port() != null || Authority.parse("x:" + port) == null) {
            throw new Rejected(
                    400,
                    false,
                    "the header " + settings.portHeader() + " is '" + port + "' beside the host " + authority
                            + "; expected 0 to 65535, and a host without a port");
        }
        return protocol + "://" + authority + ":" + port;
    }

    private static @Nullable String decoded(@Nullable String value) throws Rejected {
        if (value == null || value.indexOf('%') < 0) return value;
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Rejected(400, false, "a protocol of '" + value + "' cannot be decoded");
        }
    }

    private static @Nullable String single(@Nullable String name, Headers headers) throws Rejected {
        if (name == null) return null;
        List<String> values = headers.all(name);
        if (values.size() > 1)
            throw new Rejected(400, false, "the header " + name + " occurs " + values.size() + " times");
        return values.isEmpty() ? null : values.get(0);
    }

    @Override
    public String address(Headers headers, String remote) {
        String name = settings.addressHeader();
        if (name == null) return remote;
        List<String> values = headers.all(name);
        if (values.isEmpty()) {
            throw new IllegalStateException(
                    settings.prefix() + "ADDRESS_HEADER is " + name + ", but the request has no such header");
        }
        String value = String.join(", ", values);
        if (!name.equals("x-forwarded-for")) return value;
        String[] addresses = value.split(",", -1);
        if (settings.xffDepth() > addresses.length) {
            throw new IllegalStateException(settings.prefix() + "XFF_DEPTH is " + settings.xffDepth()
                    + ", but x-forwarded-for has " + addresses.length + " addresses");
        }
        return addresses[addresses.length - settings.xffDepth()].strip();
    }
}
