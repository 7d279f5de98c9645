package dev.kitbridge.maven.emulator;

import dev.kitbridge.adapter.Prerender;
import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.maven.services.JavaServices;
import java.util.Map;
import java.util.Optional;

/** What kit asks an adapter outside production, answered in Maven's process. */
@FunctionalInterface
public interface Questions {

    /**
     * {@code event.platform} of one request.
     *
     * @param config the route's
     * @param prerender the route's option
     */
    Map<String, Object> platform(Map<String, Object> config, Prerender prerender);

    /** Why a route may not use {@code read}; empty if it may. */
    default Optional<String> refusal(RouteDefinition route) {
        return Optional.empty();
    }

    /** The module's own services; empty if it has none. */
    default Optional<JavaServices> services() {
        return Optional.empty();
    }

    /** Whether requests go through a front of the adapter's in production. */
    default boolean hasFront() {
        return false;
    }
}
