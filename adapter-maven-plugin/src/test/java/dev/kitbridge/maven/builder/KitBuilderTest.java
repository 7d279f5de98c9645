package dev.kitbridge.maven.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Prerendered;
import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.recorded.RecordedBuild;
import dev.kitbridge.maven.recorded.RecordedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class KitBuilderTest {

    @TempDir
    Path temp;

    private final RecordedLog log = new RecordedLog();

    private KitBuilder builder(String kit) throws IOException {
        return RecordedBuild.unpack(kit, temp).builder("docs", log, new NodeRuntime(Path.of("node"), "test"));
    }

    private Path module() throws IOException {
        return temp.toRealPath();
    }

    private String read(String file) throws IOException {
        return Files.readString(module().resolve(file));
    }

    private Path write(String file, String text) throws IOException {
        Path path = module().resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kit3", "kit2"})
    void theBuilderHasKitsData(String kit) throws IOException {
        KitBuilder builder = builder(kit);
        assertThat(builder.config().kitVersion()).isEqualTo(kit.equals("kit3") ? "3.2.0" : "2.70.4");
        assertThat(builder.config().versionName()).isEqualTo("1234-abcd");
        assertThat(builder.config().appDir()).isEqualTo("_app");
        assertThat(builder.config().base()).isEmpty();
        assertThat(builder.config().hashRouting()).isFalse();
        assertThat(builder.config().prerenderEntries()).containsExactly("*");
        assertThat(builder.config().routesDirectory()).isEqualTo("src/routes");
        assertThat(builder.appPath()).isEqualTo("_app");
        assertThat(builder.hasServerInstrumentationFile()).isTrue();
        assertThat(builder.prerendered().redirects())
                .isEqualTo(Map.of("/old", new Prerendered.Redirect(308, "/about")));
        assertThat(builder.prerendered().assets().values())
                .allSatisfy(asset -> assertThat(asset.type()).isNotEmpty());
        assertThat(builder.manifest().assets()).containsExactlyInAnyOrder("robots.txt", "service-worker.js");
        assertThat(builder.mimeTypes()).containsEntry(".txt", "text/plain");
        assertThat(builder.routes()).extracting(RouteDefinition::id).contains("/", "/files/[...path]", "/(shop)/cart");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kit3", "kit2"})
    void whereThingsAre(String kit) throws IOException {
        KitBuilder builder = builder(kit);
        assertThat(builder.clientDirectory()).isEqualTo(module().resolve(".svelte-kit/output/client"));
        assertThat(builder.serverDirectory()).isEqualTo(module().resolve(".svelte-kit/output/server"));
        assertThat(builder.outputDirectory()).isEqualTo(module().resolve("target/adapters/docs"));
        assertThat(builder.buildDirectory("parts")).isEqualTo(module().resolve("target/kitbridge/docs/parts"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kit3", "kit2"})
    void theClientIsWrittenWithoutVitesOwnFiles(String kit) throws IOException {
        List<String> files = builder(kit).writeClient(Path.of("target/site"));
        assertThat(files)
                .contains("_app/version.json", "robots.txt", "service-worker.js")
                .isSorted();
        assertThat(files).noneMatch(file -> file.contains(".vite"));
        assertThat(module().resolve("target/site/robots.txt")).content().startsWith("output/client/robots.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kit3", "kit2"})
    void prerenderedFilesAreWrittenWithTheEnvironmentOnlyIfItWasAskedFor(String kit) throws IOException {
        KitBuilder builder = builder(kit);
        assertThat(builder.writePrerendered(Path.of("target/site")))
                .contains("index.html", "about.html", "blog/first.html", "notes.json", "old/__data.json")
                .doesNotContain("_app/env.js");
        builder.generateEnvModule();
        assertThat(builder.writePrerendered(Path.of("target/site"))).contains("_app/env.js");
        assertThat(read("target/site/_app/env.js")).startsWith("kitbridge/env/_app/env.js");
    }

    @Test
    void theServerIsWrittenWhole() throws IOException {
        assertThat(builder("kit3").writeServer(Path.of("target/server")))
                .contains("env.js", "instrumentation.server.js");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kit3", "kit2"})
    void aServerIsGeneratedBesideOrFarFromItsFiles(String kit) throws IOException {
        KitBuilder builder = builder(kit);
        builder.generateServerInstance(Path.of("target/out/index.js"));
        assertThat(read("target/out/index.js")).contains("from '../../.svelte-kit/output/server/index.js'");
        builder.generateServerInstance(Path.of("target/out/index.js"), List.of(), Path.of("target/out/server"));
        assertThat(read("target/out/index.js")).contains("from './server/index.js'");
        builder.generateServerInstance(Path.of("target/out/index.js"), List.of(), Path.of("target/out"));
        assertThat(read("target/out/index.js")).contains("from './index.js'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kit3", "kit2"})
    void withoutRoutesTheManifestHasAllThatAreNotPrerendered(String kit) throws IOException {
        KitBuilder builder = builder(kit);
        assertThat(builder.generateManifest("./server", null))
                .contains("id: \"/raw\"", "id: \"/blog/[slug]\"")
                .doesNotContain("id: \"/about\"");
        assertThat(builder.findServerAssets(builder.routes())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kit3", "kit2"})
    void theFallbackPageIsWritten(String kit) throws IOException {
        KitBuilder builder = builder(kit);
        builder.generateFallback(Path.of("target/site/deep/200.html"));
        assertThat(read("target/site/deep/200.html")).startsWith("kitbridge/fallback.html");
        assertThat(log.lines()).isEmpty();
        builder.generateFallback(Path.of("target/site/deep/200.html"));
        assertThat(log.lines()).singleElement().asString().startsWith("warn The fallback page overwrites ");
    }

    @Test
    void nothingIsWrittenOutsideOfTheModulesOutput() throws IOException {
        KitBuilder builder = builder("kit3");
        assertRefused(() -> builder.writeClient(Path.of("src")));
        assertRefused(() -> builder.writeServer(Path.of("..")));
        assertRefused(() -> builder.copy(Path.of("src"), Path.of("lib")));
        assertRefused(() -> builder.generateFallback(Path.of("index.html")));
        assertRefused(() -> builder.generateServerInstance(Path.of("src/server.js")));
        assertRefused(() -> builder.createInstrumentationInitializer(Path.of("src"), null, null));
        assertRefused(() -> builder.compress(builder.clientDirectory()));
        assertRefused(() -> builder.clear(builder.serverDirectory()));
        assertThat(module().resolve("src")).doesNotExist();
    }

    private interface Verb {
        void run() throws IOException;
    }

    private static void assertRefused(Verb verb) {
        assertThatThrownBy(verb::run)
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("not below the module's output folder");
    }

    @Test
    void theOutputsAreRemembered() throws IOException {
        KitBuilder builder = builder("kit3");
        builder.writeClient(Path.of("target/adapters/docs/client"));
        builder.clear(Path.of("target/pages"));
        builder.generateFallback(Path.of("target/pages/200.html"));
        Path jar = write("target/docs.zip", "");
        builder.attachArtifact(jar, "zip", "docs");
        assertThat(builder.outputs())
                .containsExactlyInAnyOrder(
                        module().resolve("target/adapters/docs"), module().resolve("target/pages"), jar);
        assertThat(builder.attachments()).containsExactly(new KitBuilder.Attachment(jar, "zip", "docs"));
    }

    @Test
    void aMissingArtifactIsAnErrorOfTheAdapter() throws IOException {
        KitBuilder builder = builder("kit3");
        assertThatThrownBy(() -> builder.attachArtifact(Path.of("target/none.zip"), "zip", "docs"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the artifact target/none.zip does not exist");
    }

    @Test
    void sourceMapsMoveWithKit3AndStayWithKit2() throws IOException {
        String map = "{\"version\":3,\"sources\":[\"../src/a.js\"]}";
        for (String kit : List.of("kit3", "kit2")) {
            Path folder = Files.createDirectories(module().resolve(kit));
            Files.createDirectories(folder.resolve("parts"));
            Files.writeString(folder.resolve("parts/a.js.map"), map);
            RecordedBuild.unpack(kit, folder)
                    .builder("docs", log, new NodeRuntime(Path.of("node"), "test"))
                    .copy(Path.of("parts"), Path.of("target/a/b"));
        }
        assertThat(read("kit3/target/a/b/a.js.map")).contains("\"../../../src/a.js\"");
        assertThat(read("kit2/target/a/b/a.js.map")).isEqualTo(map);
    }

    // grouping of routes, compared with kit 2's createEntries

    private static final Map<String, Function<RouteDefinition, Group>> GROUPINGS = Map.of(
            "one", route -> new Group("one", other -> true),
            "region",
                    route -> new Group(
                            String.valueOf(route.config().getOrDefault("region", "home")),
                            other -> region(other).equals(region(route))),
            "each",
                    route -> new Group(
                            route.id(), other -> other.segments().stream().anyMatch(RouteDefinition.Segment::rest)));

    private record Group(String id, Predicate<RouteDefinition> filter) {}

    private static String region(RouteDefinition route) {
        return String.valueOf(route.config().get("region"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "region", "each"})
    void routesAreGroupedAsKit2GroupsThem(String name) throws IOException {
        Map<String, List<String>> entries = new LinkedHashMap<>();
        builder("kit2").createEntries(route -> {
            Group group = GROUPINGS.get(name).apply(route);
            return new Builder.EntryPoint(
                    group.id(),
                    group.filter(),
                    routes -> entries.put(
                            group.id(), routes.stream().map(RouteDefinition::id).toList()));
        });
        Map<?, ?> recorded = new JsonMapper().readValue(RecordedBuild.text("kit2/kit.json"), Map.class);
        Map<?, ?> expected = (Map<?, ?>) ((Map<?, ?>) recorded.get("entries")).get(name);
        assertThat(entries).isEqualTo(expected);
        assertThat(entries.keySet().toArray()).isEqualTo(expected.keySet().toArray());
    }

    // npm packages

    @Test
    void packagesAreWrittenWithTheirDependencies() throws IOException {
        KitBuilder builder = builder("kit3");
        write("node_modules/sharp/package.json", "{\"dependencies\":{\"color\":\"*\"}}");
        write("node_modules/sharp/build/sharp.node", "native");
        write("node_modules/sharp/lib/index.js.map", "{\"version\":3,\"sources\":[\"../src/a.js\"]}");
        write("node_modules/sharp/test/node_modules/x.js", "published as it is");
        write("node_modules/sharp/node_modules/color/package.json", "{}");
        write("node_modules/sharp/node_modules/.bin/color", "");
        write("node_modules/sharp/.git/HEAD", "");
        Path tool = write("node_modules/sharp/tool.sh", "#!/bin/sh");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        assertThat(builder.writePackages(Path.of("target/app"), List.of("sharp")))
                .containsExactly(
                        "node_modules/sharp/build/sharp.node",
                        "node_modules/sharp/lib/index.js.map",
                        "node_modules/sharp/node_modules/color/package.json",
                        "node_modules/sharp/package.json",
                        "node_modules/sharp/test/node_modules/x.js",
                        "node_modules/sharp/tool.sh");
        assertThat(read("target/app/node_modules/sharp/lib/index.js.map")).contains("\"../src/a.js\"");
        assertThat(module().resolve("target/app/node_modules/sharp/tool.sh")).isExecutable();
        assertThat(module().resolve("target/app/node_modules/sharp/node_modules/.bin"))
                .doesNotExist();
        assertThat(builder.packages())
                .containsExactly(
                        module().resolve("node_modules/sharp"),
                        module().resolve("node_modules/sharp/node_modules/color"));
        assertRefused(() -> builder.writePackages(Path.of("src"), List.of("sharp")));
    }

    @Test
    void aPackageThatCannotBeReadIsAUserFailure() throws IOException {
        KitBuilder builder = builder("kit3");
        write("node_modules/sharp/package.json", "{");
        assertThatThrownBy(() -> builder.writePackages(Path.of("target/app"), List.of("sharp")))
                .isInstanceOf(AdapterException.class)
                .hasMessageStartingWith(module().resolve("node_modules/sharp/package.json") + " is not JSON");
    }

    @Test
    void theModuleIsNotCopiedIntoItself() throws IOException {
        KitBuilder builder = builder("kit3");
        write("package.json", "{}");
        Files.createDirectories(module().resolve("node_modules"));
        Files.createSymbolicLink(module().resolve("node_modules/self"), module());
        assertThatThrownBy(() -> builder.writePackages(Path.of("target/app"), List.of("self")))
                .isInstanceOf(AdapterException.class)
                .hasMessage("The package in node_modules/self is a link to " + module()
                        + ", which holds the Maven module that is being built; it cannot be copied into itself");
    }

    // instrumentation

    private Builder.Instrumentation instrumentation(KitBuilder builder, @Nullable Path start, List<String> exports)
            throws IOException {
        write("target/out/index.js", "export default 1;");
        write("target/out/server/instrumentation.server.js", "");
        Path initializer =
                builder.createInstrumentationInitializer(Path.of("target/out/env"), null, Path.of("target/out/server"));
        return new Builder.Instrumentation(
                Path.of("target/out/index.js"),
                Path.of("target/out/server/instrumentation.server.js"),
                initializer,
                start,
                exports,
                null);
    }

    @Test
    void theInstrumentationRunsBeforeTheEntryPoint() throws IOException {
        KitBuilder builder = builder("kit3");
        builder.instrument(instrumentation(builder, null, List.of("default", "handler")));
        assertThat(read("target/out/index.js"))
                .isEqualTo(
                        """
                        import "./env/__sveltekit_env_init.js";
                        import "./server/instrumentation.server.js";
                        const start = await import("./start.js");
                        const _0 = start["default"];
                        const _1 = start["handler"];
                        export { _0 as default, _1 as handler };
                        """);
        assertThat(read("target/out/start.js")).isEqualTo("export default 1;");
        assertThat(read("target/out/env/__sveltekit_env.js")).isEqualTo("export default process.env;");
        assertThat(read("target/out/env/__sveltekit_env_init.js"))
                .contains("\"./__sveltekit_env.js\"", "\"../server/env.js\"");
    }

    @Test
    void kit2NeedsNothingBeforeTheInstrumentation() throws IOException {
        KitBuilder builder = builder("kit2");
        Path initializer = builder.createInstrumentationInitializer(Path.of("target/out"), "export default {};", null);
        assertThat(initializer).hasContent("export {};");
        assertThat(read("target/out/__sveltekit_env.js")).isEqualTo("export default {};");
    }

    @Test
    void theEntryPointMayBeMovedElsewhereWithItsSourceMap() throws IOException {
        KitBuilder builder = builder("kit3");
        Builder.Instrumentation options = instrumentation(builder, Path.of("target/out/inner/moved.js"), List.of());
        write("target/out/index.js.map", "{\"version\":3,\"sources\":[\"a.ts\"]}");
        builder.instrument(options);
        assertThat(read("target/out/index.js")).contains("await import(\"./inner/moved.js\")");
        assertThat(read("target/out/inner/moved.js.map")).contains("\"../a.ts\"");
    }

    @Test
    void anAdapterMayWriteTheNewEntryPointItself() throws IOException {
        KitBuilder builder = builder("kit3");
        Builder.Instrumentation usual = instrumentation(builder, null, List.of());
        builder.instrument(new Builder.Instrumentation(
                usual.entrypoint(),
                usual.instrumentation(),
                usual.initializer(),
                null,
                List.of(),
                modules -> String.join(" ", modules.initializer(), modules.instrumentation(), modules.start())));
        assertThat(read("target/out/index.js"))
                .isEqualTo("./env/__sveltekit_env_init.js ./server/instrumentation.server.js ./start.js");
    }

    @Test
    void aModuleThatIsMissingIsNamed() throws IOException {
        KitBuilder builder = builder("kit3");
        Builder.Instrumentation usual = instrumentation(builder, null, List.of());
        Files.delete(module().resolve("target/out/server/instrumentation.server.js"));
        assertThatThrownBy(() -> builder.instrument(usual))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the instrumentation "
                        + module().resolve("target/out/server/instrumentation.server.js") + " does not exist");
        assertThat(read("target/out/index.js")).isEqualTo("export default 1;");
    }
}
