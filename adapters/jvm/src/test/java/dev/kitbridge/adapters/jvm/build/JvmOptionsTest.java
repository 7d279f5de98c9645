package dev.kitbridge.adapters.jvm.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.adapter.TargetPlatform;
import java.util.List;
import org.junit.jupiter.api.Test;

class JvmOptionsTest {

    /** Returns options with these values, and defaults for all others. */
    static JvmOptions options(JavaScriptRuntime runtime, List<String> platforms, int releases, String serverEntry) {
        return new JvmOptions(
                null, null, null, null, null, runtime, platforms, null, null, releases, serverEntry, null);
    }

    private static JvmOptions platforms(String... platforms) {
        return options(null, List.of(platforms), 0, null);
    }

    @Test
    void withoutOptionsTheJarCarriesTheNodeThatBuiltIt() {
        JvmOptions options = options(null, null, 0, null);
        assertThat(options.runtime()).isEqualTo(JavaScriptRuntime.NODE);
        assertThat(options.runtimeVersion()).isNull();
        assertThat(options.runtimePlatforms()).containsExactly(TargetPlatform.current());
        assertThat(options.precompress()).isTrue();
        assertThat(options.mainJar()).isTrue();
        assertThat(options.envPrefix()).isEmpty();
        assertThat(options.external()).isEmpty();
        assertThat(options.bundle()).isEmpty();
    }

    @Test
    void aVersionOfBunIsPinned() {
        assertThat(options(JavaScriptRuntime.BUN, null, 0, null).runtimeVersion())
                .matches("\\d+\\.\\d+\\.\\d+");
    }

    @Test
    void platformsAreThoseThatAreNamed() {
        assertThat(platforms("linux-x64", "linux-amd64", "darwin-arm64").runtimePlatforms())
                .containsExactly(TargetPlatform.valueOf("linux-x64"), TargetPlatform.valueOf("darwin-arm64"));
        assertThat(platforms("none").runtimePlatforms()).isEmpty();
    }

    @Test
    void invalidValuesAreRejected() {
        assertThatThrownBy(() -> platforms("none", "linux-x64"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "<platforms> is none,linux-x64; none cannot be combined with a platform: it means a jar without a runtime");
        assertThatThrownBy(() -> platforms("linux")).hasMessageContaining("'linux' is not a platform");
        assertThatThrownBy(() -> options(null, null, -1, null))
                .hasMessage("<retainReleases> is -1; it accepts 0 (none) or the number of releases");
    }

    @Test
    void optionsOfTheExecutableJarDoNotFitResources() {
        JvmOptions.Target resources = JvmOptions.Target.RESOURCES;
        assertThat(new JvmOptions(resources, null, null, null, null, null, null, null, null, 0, null, null).target())
                .isEqualTo(resources);
        assertThatThrownBy(
                        () -> new JvmOptions(resources, null, null, null, true, null, null, null, null, 0, null, null))
                .hasMessage(
                        "<mainJar> applies to the executable jar only, but <target> is resources; remove <mainJar>");
        JvmOptions.PageCache redis = JvmOptions.PageCache.REDIS;
        assertThatThrownBy(
                        () -> new JvmOptions(resources, null, null, null, null, null, null, null, null, 0, null, redis))
                .hasMessageContaining("add the dependency kitbridge-cache-redis to the module");
        assertThatThrownBy(
                        () -> new JvmOptions(resources, null, null, null, null, null, null, null, null, 2, null, null))
                .hasMessage(
                        "<retainReleases> reads earlier executable jars, but <target> is resources; remove <retainReleases>");
    }
}
