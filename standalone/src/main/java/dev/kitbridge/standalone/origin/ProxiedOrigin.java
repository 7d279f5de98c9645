package dev.kitbridge.standalone.origin;

import dev.kitbridge.server.Headers;
import dev.kitbridge.standalone.settings.Authority;
import dev.kitbridge.standalone.settings.Cidr;
import dev.kitbridge.standalone.settings.ForwardedHeaders;
import dev.kitbridge.standalone.settings.Settings.Forwarding;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Trusts the forwarding headers of trusted proxies that these are known to set; a proxy passes other headers on as its
 * client sent them. The client's address is the first one from the right that does not belong to a trusted proxy.
 *
 * @param settings names of the headers
 * @param trusted address ranges of proxies
 */
record ProxiedOrigin(Forwarding settings, List<Cidr> trusted) implements Origin {

    @Override
    public Headers trustedHeaders(Headers headers, String remote) {
        boolean proxy = isTrusted(remote);
        boolean[] dropped = new boolean[1];
        Headers.Builder kept = Headers.builder();
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (isForwarding(lower) && !(proxy && isSetByProxies(lower))) dropped[0] = true;
            else kept.add(name, value);
        });
        return dropped[0] ? kept.build() : headers;
    }

    private boolean isForwarding(String name) {
        if (name.equals("host")) return false;
        return name.startsWith("x-forwarded-") || name.equals("forwarded") || name.equals("x-real-ip") || isNamed(name);
    }

    /** Headers that no setting names, such as {@code X-Forwarded-Prefix}, are left to the proxy and the app. */
    private boolean isSetByProxies(String name) {
        ForwardedHeaders usual = settings.headers();
        if (isNamed(name) || usual.names().contains(name)) return true;
        return !usual.isStandard() && !name.equals("forwarded") && !ForwardedHeaders.DE_FACTO.contains(name);
    }

    /** Returns whether one of the {@code …_HEADER} variables names the header. */
    private boolean isNamed(String name) {
        return name.equals(settings.protocolHeader())
                || name.equals(settings.hostHeader())
                || name.equals(settings.portHeader())
                || name.equals(settings.addressHeader());
    }

    /** A Unix socket has no address; its file's permissions decide who is trusted. */
    private boolean isTrusted(String remote) {
        if (remote.isEmpty()) return true;
        InetAddress address = Cidr.address(remote);
        return address != null && trusted.stream().anyMatch(range -> range.contains(address));
    }

    @Override
    public String of(Headers headers, String remote, boolean secure) throws Rejected {
        String host = headers.first("host");
        if (!isTrusted(remote)) return (secure ? "https" : "http") + "://" + sent(host);
        Forwarded hop = hop(headers);
        String protocol = configured(settings.protocolHeader(), headers, hop.proto());
        if (protocol == null || protocol.isEmpty()) protocol = "https";
        if (!protocol.equalsIgnoreCase("http") && !protocol.equalsIgnoreCase("https")) {
            throw new Rejected(
                    400, true, "a proxy says that the protocol is '" + protocol + "'; expected http or https");
        }
        String asked = configured(settings.hostHeader(), headers, hop.host());
        Authority authority =
                asked == null || asked.isEmpty() ? sent(host) : Origin.authority("for a proxy's host", asked);
        String origin = protocol.toLowerCase(Locale.ROOT) + "://" + authority;
        String port = configured(settings.portHeader(), headers, hop.port());
        if (port == null || port.isEmpty()) return origin;
        if (Authority.parse("x:" + port) == null) {
            throw new Rejected(400, true, "a proxy says that the port is '" + port + "'; expected 0 to 65535");
        }
        // the port within the host is the one that the browser sent
        return authority.port() == null ? origin + ":" + port : origin;
    }

    private static Authority sent(@Nullable String host) throws Rejected {
        if (host == null || host.isEmpty()) throw new Rejected(400, false, "the request has no host header");
        return Origin.authority("host", host);
    }

    private static @Nullable String configured(@Nullable String name, Headers headers, @Nullable String otherwise)
            throws Rejected {
        if (name == null) return otherwise;
        List<String> values = headers.all(name);
        if (values.isEmpty()) return otherwise;
        // one of them may be the client's
        if (values.size() > 1) {
            throw new Rejected(400, true, "the header " + name + " occurs " + values.size() + " times; expected once");
        }
        return values.get(0);
    }

    @Override
    public String address(Headers headers, String remote) {
        if (!isTrusted(remote)) return remote;
        String name = settings.addressHeader();
        if (name != null && !name.equals("x-forwarded-for") && !name.equals("forwarded")) {
            List<String> values = headers.all(name);
            return values.size() == 1 && !values.get(0).isEmpty() ? values.get(0) : remote;
        }
        List<Forwarded> hops = hops(headers);
        for (int at = outermost(hops); at < hops.size(); at++) {
            String client = hops.get(at).client();
            if (client != null && !client.isEmpty()) return client;
        }
        return remote;
    }

    private List<Forwarded> hops(Headers headers) {
        return Forwarded.of(headers, settings.headers().isStandard());
    }

    /** Returns the hop that the outermost trusted proxy described. */
    private Forwarded hop(Headers headers) {
        List<Forwarded> hops = hops(headers);
        return hops.isEmpty() ? Forwarded.NOTHING : hops.get(outermost(hops));
    }

    /** Returns the first hop, from this server on, whose client is not a trusted proxy. */
    private int outermost(List<Forwarded> hops) {
        int at = Math.max(0, hops.size() - 1);
        while (at > 0 && isProxy(hops.get(at).client())) at--;
        return at;
    }

    private boolean isProxy(@Nullable String client) {
        return client != null && !client.isEmpty() && isTrusted(client);
    }
}
