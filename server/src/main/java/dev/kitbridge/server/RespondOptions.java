package dev.kitbridge.server;

import java.security.Principal;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What kit's {@code server.respond} takes beside the request. Begin with {@link #of} and change what differs.
 *
 * @param getClientAddress what {@code event.getClientAddress()} returns, and {@code platform.request.address}; asked
 *     only for what is rendered. The message of an {@link IllegalStateException} becomes the error that the app sees
 * @param protocol {@code platform.request.protocol}, as {@code HTTP/1.1}; empty where the front does not say
 * @param principal whom the front authenticated; its name is {@code platform.principal.name}, and known to services
 * @param attributes {@code platform.attributes}: values that JSON has
 * @param platform further members of {@code event.platform}: values that JSON has
 */
public record RespondOptions(
        Supplier<String> getClientAddress,
        String protocol,
        @Nullable Principal principal,
        Map<String, Object> attributes,
        Map<String, Object> platform) {

    /** Nobody authenticated, no attributes. */
    public RespondOptions(Supplier<String> getClientAddress, Map<String, Object> platform) {
        this(getClientAddress, "", null, Map.of(), platform);
    }

    /** A client whose address is known, and nothing else. */
    public static RespondOptions of(String clientAddress) {
        return new RespondOptions(() -> clientAddress, Map.of());
    }

    /** With the protocol of the request. */
    public RespondOptions withProtocol(String name) {
        return new RespondOptions(getClientAddress, name, principal, attributes, platform);
    }

    /** With whom the front authenticated. */
    public RespondOptions withPrincipal(@Nullable Principal authenticated) {
        return new RespondOptions(getClientAddress, protocol, authenticated, attributes, platform);
    }

    /** With other attributes. */
    public RespondOptions withAttributes(Map<String, Object> values) {
        return new RespondOptions(getClientAddress, protocol, principal, values, platform);
    }
}
