package dev.kitbridge.adapters.jvm.emulate;

import dev.kitbridge.adapter.Emulator;
import dev.kitbridge.adapter.Front;
import dev.kitbridge.adapter.Prerender;
import java.util.Map;

/**
 * The product's environment: {@code event.platform} has nothing but what the front and services bring.
 *
 * @param envPrefix what the names of its environment variables begin with
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
