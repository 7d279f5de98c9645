package dev.kitbridge.adapters.jvm.run.origin;

import dev.kitbridge.adapters.jvm.run.settings.Cidr;
import dev.kitbridge.adapters.jvm.run.settings.Settings.Forwarding;
import dev.kitbridge.server.Headers;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Headers of proxies are believed if the connection comes from one that is trusted; anybody else's never reach the app.
 * The client is the first address, from the right, that is no trusted proxy's.
 *
 * @param settings which headers, where they are not the usual ones
 * @param trusted ranges of proxies
 */
record ProxiedOrigin(Forwarding settings, List<Cidr> trusted) implements Origin {

    @Override
    public Headers believed(Headers headers, String remote) {
        if (isTrusted(remote)) return headers;
        Headers.Builder rest = Headers.builder();
        headers.forEach((name, value) -> {
            if (!isForwarding(name.toLowerCase(Locale.ROOT))) rest.add(name, value);
        });
        return rest.build();
    }

    private boolean isForwarding(String name) {
        if (name.equals("host")) return false;
        return name.startsWith("x-forwarded-")
                || name.equals("forwarded")
                || name.equals("x-real-ip")
                || name.equals(settings.protocolHeader())
                || name.equals(settings.hostHeader())
                || name.equals(settings.portHeader())
                || name.equals(settings.addressHeader());
    }

    /** A Unix socket has no address; who may open it decides whom to trust. */
    private boolean isTrusted(String remote) {
        if (remote.isEmpty()) return true;
        InetAddress address = Cidr.address(remote);
        return address != null && trusted.stream().anyMatch(range -> range.contains(address));
    }

    @Override
    public String of(Headers headers, String remote, boolean secure) throws Refused {
        String host = headers.first("host");
        if (!isTrusted(remote)) return (secure ? "https" : "http") + "://" + checked(host);
        Forwarded hop = hop(headers);
        String protocol = configured(settings.protocolHeader(), headers, hop.proto());
        if (protocol == null || protocol.isEmpty()) protocol = "https";
        if (!protocol.equalsIgnoreCase("http") && !protocol.equalsIgnoreCase("https")) {
            throw new Refused(400, "a proxy says that the protocol is '" + protocol + "'; expected http or https");
        }
        String asked = configured(settings.hostHeader(), headers, hop.host());
        String port = configured(settings.portHeader(), headers, hop.port());
        String authority = checked(asked == null || asked.isEmpty() ? host : asked);
        String origin = protocol.toLowerCase(Locale.ROOT) + "://" + authority;
        if (port == null || port.isEmpty()) return origin;
        if (!port.matches("\\d{1,5}")) {
            throw new Refused(400, "a proxy says that the port is '" + port + "'; expected a number");
        }
        // the host's own port is what the browser sent
        return authority.matches(".*:\\d+") ? origin : origin + ":" + port;
    }

    private static String checked(@Nullable String host) throws Refused {
        if (host == null || host.isEmpty()) throw new Refused(400, "the request has no host header");
        if (!host.matches("[^/?#@\\\\\\s]+")) throw new Refused(400, "the host is '" + host + "'");
        return host;
    }

    private static @Nullable String configured(@Nullable String name, Headers headers, @Nullable String otherwise) {
        String value = name == null ? null : headers.first(name);
        return value == null ? otherwise : value;
    }

    @Override
    public String address(Headers headers, String remote) {
        if (!isTrusted(remote)) return remote;
        String name = settings.addressHeader();
        if (name != null && !name.equals("x-forwarded-for") && !name.equals("forwarded")) {
            String value = headers.first(name);
            return value == null ? remote : value;
        }
        String client = hop(headers).client();
        return client == null ? remote : client;
    }

    /** What the outermost trusted proxy said. */
    private Forwarded hop(Headers headers) {
        List<Forwarded> hops = Forwarded.of(headers);
        if (hops.isEmpty()) return Forwarded.NOTHING;
        int at = hops.size() - 1;
        while (at > 0 && isProxy(hops.get(at).client())) at--;
        return hops.get(at);
    }

    private boolean isProxy(@Nullable String client) {
        return client != null && !client.isEmpty() && isTrusted(client);
    }
}
