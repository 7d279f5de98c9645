package dev.kitbridge.adapters.jvm.emulate;

import dev.kitbridge.adapter.Emulator;
import dev.kitbridge.adapter.Front;
import dev.kitbridge.adapter.Prerender;
import java.util.Map;

/**
 * Emulates the product: {@code event.platform} contains only the services and the members of the front.
 *
 * @param envPrefix prefix of the product's environment variables
 */
public record JvmEmulator(String envPrefix) implements Emulator {

    @Override
    public Map<String, Object> platform(Map<String, Object> config, Prerender prerender) {
        return Map.of();
    }

    @Override
    public Front front() {
        return place -> ViteFront.open(place, envPrefix);
    }
}
