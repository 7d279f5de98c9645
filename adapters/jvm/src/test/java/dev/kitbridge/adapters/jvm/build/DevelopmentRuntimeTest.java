package dev.kitbridge.adapters.jvm.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.Downloads;
import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.adapter.Project.Dependency;
import dev.kitbridge.adapter.TargetPlatform;
import dev.kitbridge.adapter.ViteConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Development and previews run on the runtime of the product. */
class DevelopmentRuntimeTest {

    /** The platforms whose Bun an adapter has fetched. */
    private static final class Fetched implements Downloads {
        private final List<TargetPlatform> platforms = new ArrayList<>();

        @Override
        public JavaScriptRuntime.Binary javaScriptRuntime(
                JavaScriptRuntime runtime, @Nullable String version, TargetPlatform platform) {
            assertThat(runtime).isEqualTo(JavaScriptRuntime.BUN);
            platforms.add(platform);
            return new JavaScriptRuntime.Binary(runtime, "1.4.5", platform, Path.of("bun"));
        }

        @Override
        public List<Release> previousReleases(int count, String type, @Nullable String classifier) {
            return List.of();
        }

        @Override
        public List<Dependency> artifact(String groupId, String artifactId, String version) {
            return List.of();
        }
    }

    /** Creates an adapter that fetches nothing but runtimes. */
    private static Adapter adapter(JavaScriptRuntime runtime, List<String> platforms) {
        return new JvmAdapterFactory()
                .create(new JvmOptions(
                        JvmOptions.Target.RESOURCES,
                        null,
                        null,
                        null,
                        null,
                        runtime,
                        platforms,
                        null,
                        null,
                        0,
                        null,
                        null));
    }

    @Test
    void viteRunsOnTheBunOfTheJar() {
        ViteConfig.ServerRuntime runtime =
                adapter(JavaScriptRuntime.BUN, List.of()).vite().runtime();
        assertThat(runtime)
                .isEqualTo(new ViteConfig.ServerRuntime(
                        JavaScriptRuntime.BUN,
                        JvmOptionsTest.options(JavaScriptRuntime.BUN, List.of(), 0, null)
                                .runtimeVersion()));
    }

    @Test
    void viteRunsOnTheNodeThatBuildsWhichTheJarHasToo() {
        assertThat(adapter(JavaScriptRuntime.NODE, List.of()).vite().runtime()).isNull();
    }

    @Test
    void theBunOfThisMachineIsFetchedForDevelopment() throws IOException {
        Fetched fetched = new Fetched();
        adapter(JavaScriptRuntime.BUN, List.of("none")).fetch(fetched);
        assertThat(fetched.platforms).containsExactly(TargetPlatform.current());
    }

    @Test
    void eachPlatformIsFetchedOnce() throws IOException {
        Fetched fetched = new Fetched();
        adapter(JavaScriptRuntime.BUN, List.of()).fetch(fetched);
        assertThat(fetched.platforms).containsExactly(TargetPlatform.current());
    }
}
