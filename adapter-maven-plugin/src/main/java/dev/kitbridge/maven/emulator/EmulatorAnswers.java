package dev.kitbridge.maven.emulator;

import dev.kitbridge.adapter.Emulator;
import dev.kitbridge.adapter.Prerender;
import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.maven.services.JavaServices;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The answers to kit's questions to an adapter outside production.
 *
 * @param emulator creates {@code event.platform}, or null
 * @param services the module's services, or null
 * @param refusal returns why a route may not use {@code read}; empty if it may
 */
public record EmulatorAnswers(
        @Nullable Emulator emulator,
        @Nullable JavaServices services,
        Function<RouteDefinition, Optional<String>> refusal) {

    /** The answers during a build, which asks the adapters about {@code read} afterwards. */
    public static EmulatorAnswers ofBuild(@Nullable Emulator emulator, @Nullable JavaServices services) {
        return new EmulatorAnswers(emulator, services, route -> Optional.empty());
    }

    /** Returns {@code event.platform} for a request to a route with this configuration. */
    Map<String, Object> platform(Map<String, Object> config, Prerender prerender) {
        return emulator == null ? Map.of() : emulator.platform(config, prerender);
    }

    /** Returns whether requests pass the adapter's HTTP server in production. */
    boolean hasFront() {
        return emulator != null && emulator.front() != null;
    }
}
