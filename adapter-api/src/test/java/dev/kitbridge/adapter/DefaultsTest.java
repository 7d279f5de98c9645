package dev.kitbridge.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The defaults of an adapter that implements the abstract methods only, and the values of the API. */
class DefaultsTest {

    private final Adapter plain = new Adapter() {
        @Override
        public String name() {
            return "plain";
        }

        @Override
        public void adapt(Builder builder) {}
    };

    private final RouteDefinition route = new RouteDefinition(
            "/",
            new RouteDefinition.Methods(List.of()),
            new RouteDefinition.Methods(List.of("GET")),
            List.of(),
            "^\\/$",
            Prerender.FALSE,
            List.of("GET"),
            Map.of());

    @Test
    void supportsNothingByDefault() {
        assertThat(plain.supports().read(route)).isEqualTo(Supports.Answer.NOT_SUPPORTED);
        assertThat(plain.supports().instrumentation()).isEqualTo(Supports.Answer.NOT_SUPPORTED);
        assertThat(Supports.EVERYTHING.read(route)).isEqualTo(Supports.Answer.SUPPORTED);
        assertThat(Supports.EVERYTHING.instrumentation()).isEqualTo(Supports.Answer.SUPPORTED);
        assertThat(Supports.Answer.notSupported("too far away")).isEqualTo(new Supports.Answer(false, "too far away"));
    }

    @Test
    void hasNoVitePluginsAndNoEmulatorByDefault() {
        assertThat(plain.vite()).isEqualTo(ViteConfig.NONE);
        assertThat(plain.types()).isEmpty();
        assertThat(plain.emulate()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x64",
        "Linux, aarch64, linux-arm64",
        "Linux, ppc64le, linux-ppc64le",
        "Mac OS X, x86_64, darwin-x64",
        "Mac OS X, aarch64, darwin-arm64",
        "Windows 11, amd64, win-x64",
        "Windows Server 2022, aarch64, win-arm64",
        "AIX, ppc64, aix-ppc64"
    })
    void namesPlatformsAsNodeDoes(String os, String arch, String name) {
        assertThat(new TargetPlatform(os, arch)).hasToString(name).isEqualTo(TargetPlatform.valueOf(name));
    }

    @Test
    void parsesAPlatform() {
        assertThat(TargetPlatform.valueOf("windows-amd64")).isEqualTo(new TargetPlatform("win", "x64"));
        assertThat(TargetPlatform.valueOf(TargetPlatform.current().toString())).isEqualTo(TargetPlatform.current());
        for (String text : List.of("linux", "linux-x64-musl", "", "linux/amd64")) {
            assertThatThrownBy(() -> TargetPlatform.valueOf(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "'" + text + "' is not a platform; expected an operating system and a processor, such as"
                                    + " linux-x64, linux-arm64, darwin-arm64 or win-x64");
        }
    }

    @Test
    void encodingsHaveTheExtensionsThatWebServersUse() {
        assertThat(Encoding.values()).extracting(Encoding::extension).containsExactly("gz", "br", "zst");
    }

    @Test
    void instrumentationUsesTheTextOfTheBuilderByDefault() {
        Builder.Instrumentation usual = new Builder.Instrumentation(
                Path.of("index.js"), Path.of("instrumentation.server.js"), Path.of("init.js"), List.of("default"));
        assertThat(usual.start()).isNull();
        assertThat(usual.generateText()).isNull();
    }

    @Test
    void copiesEverythingByDefault() {
        assertThat(Builder.CopyOptions.ALL.filter().test("anything")).isTrue();
        assertThat(Builder.CopyOptions.filter(name -> name.equals("a")).filter().test("b"))
                .isFalse();
        assertThat(Builder.CopyOptions.replace(Map.of("A", "b")).filter().test("anything"))
                .isTrue();
    }

    @Test
    void rejectsAModuleNameThatIsNotAFileName() {
        assertThat(new ViteConfig.Module("banner.mjs", "", Map.of()).name()).isEqualTo("banner.mjs");
        for (String name : List.of("../banner.js", "a/b.js", "banner.ts", "banner", "")) {
            assertThatThrownBy(() -> new ViteConfig.Module(name, "", Map.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("'" + name + "' is not the name of a JavaScript module");
        }
    }

    @Test
    void readsAModuleFromAResource() {
        ViteConfig.Module module =
                ViteConfig.Module.resource(DefaultsTest.class, "vite/banner.mjs", Map.of("word", "hello"));
        assertThat(module.name()).isEqualTo("banner.mjs");
        assertThat(module.source()).startsWith("export default");
        assertThat(module.options()).isEqualTo(Map.of("word", "hello"));
        assertThatThrownBy(() -> ViteConfig.Module.resource(DefaultsTest.class, "missing.mjs", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no resource 'missing.mjs' beside " + DefaultsTest.class.getName());
    }

    @Test
    void copiesTheListsOfPlugins() {
        List<ViteConfig.Module> modules = new ArrayList<>();
        ViteConfig config = new ViteConfig(modules, modules);
        modules.add(new ViteConfig.Module("late.js", "", Map.of()));
        assertThat(config).isEqualTo(ViteConfig.NONE);
    }

    @Test
    void aRuntimeIsAddedToPluginsAndFunctions() {
        ViteConfig.Module module = new ViteConfig.Module("tide.js", "", Map.of());
        ViteConfig plain = new ViteConfig(List.of(module), List.of(), module, null);
        assertThat(plain.runtime()).isNull();
        ViteConfig config = plain.withRuntime(JavaScriptRuntime.BUN, "1.4.5");
        assertThat(config.runtime()).isEqualTo(new ViteConfig.ServerRuntime(JavaScriptRuntime.BUN, "1.4.5"));
        assertThat(config.pre()).containsExactly(module);
        assertThat(config.getRequest()).isEqualTo(module);
    }
}
