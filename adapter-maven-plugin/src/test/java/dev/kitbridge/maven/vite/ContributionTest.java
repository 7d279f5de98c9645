package dev.kitbridge.maven.vite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.adapter.JavaScriptAdapter;
import dev.kitbridge.adapter.ViteConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContributionTest {

    @Test
    void theTextDoesNotDependOnTheOrderOfOptions() {
        Map<String, Object> options =
                Map.of("c", 1, "a", 2, "f", 3, "b", 4, "e", 5, "d", Map.of("z", 6, "y", 7, "x", 8, "w", 9));
        ViteConfig.Module module = new ViteConfig.Module("tide.mjs", "", options);
        Contribution contribution = new Contribution("ferry", new ViteConfig(List.of(module), List.of()), null, "");

        assertThat(contribution.text())
                .contains("{\"a\":2,\"b\":4,\"c\":1,\"d\":{\"w\":9,\"x\":8,\"y\":7,\"z\":6},\"e\":5,\"f\":3}");
    }

    @Test
    void anAdapterInJavaScriptCreatesThePlatformIfNoAdapterInJavaPrecedesIt() {
        InstalledAdapter installed = new InstalledAdapter(
                new JavaScriptAdapter("ferry", null, Map.of("out", "site")), "1.2.3", Path.of("adapter.mjs"), "");
        Contribution script = new Contribution("edge", ViteConfig.NONE, null, "").with(installed);
        Contribution java = new Contribution("jvm", ViteConfig.NONE, (config, prerender) -> Map.of(), "");

        assertThat(Contribution.scripts(List.of(script, java)))
                .containsExactly(Map.of(
                        "id", "edge",
                        "name", "ferry",
                        "version", "1.2.3",
                        "path", "adapter.mjs",
                        "options", Map.of("out", "site"),
                        "emulates", true));
        assertThat(Contribution.scripts(List.of(java, script)))
                .first()
                .isEqualTo(Map.of(
                        "id", "edge",
                        "name", "ferry",
                        "version", "1.2.3",
                        "path", "adapter.mjs",
                        "options", Map.of("out", "site"),
                        "emulates", false));
        assertThat(Contribution.scripts(List.of(java))).isEmpty();
    }
}
