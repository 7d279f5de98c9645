package dev.kitbridge.server;

import java.util.Map;
import java.util.function.Supplier;

/**
 * What kit's {@code server.respond} takes beside the request.
 *
 * @param getClientAddress what {@code event.getClientAddress()} returns; asked only for what is rendered. The message
 *     of an {@link IllegalStateException} becomes the error that the app sees
 * @param platform {@code event.platform}: values that JSON has
 */
public record RespondOptions(Supplier<String> getClientAddress, Map<String, Object> platform) {

    /** A client whose address is known, and no platform. */
    public static RespondOptions of(String clientAddress) {
        return new RespondOptions(() -> clientAddress, Map.of());
    }
}
