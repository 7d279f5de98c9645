package dev.kitbridge.maven.vite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.adapter.ViteConfig;
import dev.kitbridge.adapter.ViteModule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VitePluginsTest {

    @Test
    void optionsAreTheSameInWhateverOrderTheirMapsAre() {
        assertThat(VitePlugins.identity(vite("a", "b"))).isEqualTo(VitePlugins.identity(vite("b", "a")));
    }

    @Test
    void anotherOptionIsAnotherIdentity() {
        assertThat(VitePlugins.identity(vite("a", "b"))).isNotEqualTo(VitePlugins.identity(vite("a", "c")));
    }

    /** A module with two options of these names, in this order, and a map of two within. */
    private static ViteConfig vite(String first, String second) {
        Map<String, Object> inner = new LinkedHashMap<>();
        inner.put(first, 1);
        inner.put(second, 1);
        // Map.copyOf has the same order for the same entries within a JVM; what is nested keeps its own
        Map<String, Object> options = Map.of("modules", inner);
        return new ViteConfig(List.of(), List.of(new ViteModule("m.mjs", "", options)));
    }
}
