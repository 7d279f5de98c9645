package dev.kitbridge.server;

import java.net.URI;
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
 * @param principal the user that the front authenticated, or null
 * @param attributes {@code platform.attributes}: JSON values
 * @param platform further members of {@code event.platform}: JSON values, or {@link Observed} ones
 * @param context runs the calls of Java services; null if they need no context
 * @param loopback answers {@code event.fetch} for paths of the app's own origin that are no routes; null if such a
 *     fetch goes to the origin over the network
 */
public record RespondOptions(
        Supplier<String> getClientAddress,
        String protocol,
        @Nullable User principal,
        Map<String, Object> attributes,
        Map<String, Object> platform,
        @Nullable RequestContext context,
        @Nullable Loopback loopback) {

    /**
     * The authenticated user.
     *
     * @param name {@code platform.principal.name}; services get it too
     * @param members further members of {@code platform.principal}: JSON values
     */
    public record User(String name, Map<String, Object> members) {}

    /**
     * A member of {@code event.platform} that has a cost only if the app uses it.
     *
     * @param value a JSON value
     * @param read called if the app read the value, or a member of the object, before its response began; and before
     *     the front gets the response
     */
    public record Observed(Object value, Runnable read) {}

    /** An address of the front on the same machine. */
    public interface Loopback {

        /**
         * Returns scheme, host and port, {@code http://127.0.0.1:8080}. With {@code https}, the certificate is not
         * checked, since it names the public host.
         */
        URI url();

        /**
         * Called when a worker begins to render: possibly on another thread, after the client has left, or again after
         * a worker was lost.
         *
         * @return headers that the worker sends with each request, so that the front can tell them from others
         */
        Map<String, String> begin();

        /**
         * Called when the rendering has ended, at least once.
         *
         * @param headers that {@link #begin} returned
         */
        void end(Map<String, String> headers);
    }

    /** Returns options with a client address only. */
    public static RespondOptions of(String clientAddress) {
        return of(() -> clientAddress);
    }

    /** Returns options with a client address only. */
    public static RespondOptions of(Supplier<String> getClientAddress) {
        return new RespondOptions(getClientAddress, "", null, Map.of(), Map.of(), null, null);
    }

    /** Returns a copy with the protocol of the request. */
    public RespondOptions withProtocol(String name) {
        return new RespondOptions(getClientAddress, name, principal, attributes, platform, context, loopback);
    }

    /** Returns a copy with the user that the front authenticated. */
    public RespondOptions withPrincipal(@Nullable Principal authenticated) {
        return withPrincipal(authenticated, Map.of());
    }

    /** Returns a copy with the user that the front authenticated, and further members of {@code platform.principal}. */
    public RespondOptions withPrincipal(@Nullable Principal authenticated, Map<String, Object> members) {
        User user = authenticated == null ? null : new User(String.valueOf(authenticated.getName()), members);
        return new RespondOptions(getClientAddress, protocol, user, attributes, platform, context, loopback);
    }

    /** Returns a copy with other attributes. */
    public RespondOptions withAttributes(Map<String, Object> values) {
        return new RespondOptions(getClientAddress, protocol, principal, values, platform, context, loopback);
    }

    /** Returns a copy with other members of {@code event.platform}. */
    public RespondOptions withPlatform(Map<String, Object> members) {
        return new RespondOptions(getClientAddress, protocol, principal, attributes, members, context, loopback);
    }

    /** Returns a copy with a context for the calls of Java services. */
    public RespondOptions withContext(@Nullable RequestContext calls) {
        return new RespondOptions(getClientAddress, protocol, principal, attributes, platform, calls, loopback);
    }

    /** Returns a copy with a loopback address of the front. */
    public RespondOptions withLoopback(@Nullable Loopback address) {
        return new RespondOptions(getClientAddress, protocol, principal, attributes, platform, context, address);
    }
}
