package dev.kitbridge.server;

import java.security.Principal;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The options of kit's {@code server.respond}. Begin with {@link #of} and change single values.
 *
 * @param getClientAddress what {@code event.getClientAddress()} returns, and {@code platform.request.address}; called
 *     only if a worker renders. The message of an {@link IllegalStateException} becomes the error that the app sees
 * @param protocol {@code platform.request.protocol}, such as {@code HTTP/1.1}; empty if the front does not set it
 * @param principal the user that the front authenticated; its name is {@code platform.principal.name}, and services get
 *     it
 * @param attributes {@code platform.attributes}: JSON values
 * @param platform further members of {@code event.platform}: JSON values
 */
public record RespondOptions(
        Supplier<String> getClientAddress,
        String protocol,
        @Nullable Principal principal,
        Map<String, Object> attributes,
        Map<String, Object> platform) {

    /** Creates options without a principal and attributes. */
    public RespondOptions(Supplier<String> getClientAddress, Map<String, Object> platform) {
        this(getClientAddress, "", null, Map.of(), platform);
    }

    /** Returns options with a client address only. */
    public static RespondOptions of(String clientAddress) {
        return new RespondOptions(() -> clientAddress, Map.of());
    }

    /** Returns a copy with the protocol of the request. */
    public RespondOptions withProtocol(String name) {
        return new RespondOptions(getClientAddress, name, principal, attributes, platform);
    }

    /** Returns a copy with the user that the front authenticated. */
    public RespondOptions withPrincipal(@Nullable Principal authenticated) {
        return new RespondOptions(getClientAddress, protocol, authenticated, attributes, platform);
    }

    /** Returns a copy with other attributes. */
    public RespondOptions withAttributes(Map<String, Object> values) {
        return new RespondOptions(getClientAddress, protocol, principal, values, platform);
    }
}
