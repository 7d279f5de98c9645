package dev.kitbridge.adapters.jvm.run;

import dev.kitbridge.server.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a request and the address of its client, by the rules of {@code @sveltejs/adapter-node} 6.
 *
 * @param settings which headers to believe
 * @param built {@code paths.origin} of the app, or empty
 */
record Origin(Settings settings, String built) {

    /** A request whose origin cannot be told. */
    static final class Unknown extends Exception {
        private static final long serialVersionUID = 1;

        Unknown(String message) {
            super(message);
        }
    }

    String of(Headers headers) throws Unknown {
        String fixed = settings.origin();
        if (fixed != null) return fixed;
        if (!built.isEmpty()) return built;
        String protocol = decoded(single(settings.protocolHeader(), headers));
        if (protocol == null || protocol.isEmpty()) protocol = "https";
        // nobody is to put a host into it
        if (protocol.contains(":")) {
            throw new Unknown("the header " + settings.protocolHeader() + " is '" + protocol
                    + "'; expected a protocol without a colon");
        }
        String host = single(settings.hostHeader(), headers);
        if (host == null || host.isEmpty()) host = single("host", headers);
        if (host == null || host.isEmpty()) throw new Unknown("the request has no host header");
        String port = single(settings.portHeader(), headers);
        if (port == null || port.isEmpty()) return protocol + "://" + host;
        if (!port.matches("\\d+")) {
            throw new Unknown("the header " + settings.portHeader() + " is '" + port + "'; expected a number");
        }
        return protocol + "://" + host + ":" + port;
    }

    private static @Nullable String decoded(@Nullable String value) throws Unknown {
        if (value == null || value.indexOf('%') < 0) return value;
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Unknown("a protocol of '" + value + "' cannot be decoded");
        }
    }

    private static @Nullable String single(@Nullable String name, Headers headers) throws Unknown {
        if (name == null) return null;
        List<String> values = headers.all(name);
        if (values.size() > 1) throw new Unknown("the header " + name + " occurs " + values.size() + " times");
        return values.isEmpty() ? null : values.get(0);
    }

    /** @throws IllegalStateException if the header that has it does not */
    String address(Headers headers, String remote) {
        String name = settings.addressHeader();
        if (name == null) return remote;
        List<String> values = headers.all(name);
        if (values.isEmpty()) {
            throw new IllegalStateException("ADDRESS_HEADER is " + name + ", but the request has no such header");
        }
        String value = String.join(", ", values);
        if (!name.equals("x-forwarded-for")) return value;
        String[] addresses = value.split(",", -1);
        if (settings.xffDepth() > addresses.length) {
            throw new IllegalStateException("XFF_DEPTH is " + settings.xffDepth() + ", but x-forwarded-for has "
                    + addresses.length + " addresses");
        }
        return addresses[addresses.length - settings.xffDepth()].strip();
    }
}
