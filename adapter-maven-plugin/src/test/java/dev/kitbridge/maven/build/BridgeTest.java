package dev.kitbridge.maven.build;

import static dev.kitbridge.maven.build.BridgedApps.SOURCES;
import static dev.kitbridge.maven.build.BridgedApps.app;
import static dev.kitbridge.maven.build.BridgedApps.build;
import static dev.kitbridge.maven.build.BridgedApps.built;
import static dev.kitbridge.maven.build.BridgedApps.folder;
import static dev.kitbridge.maven.build.BridgedApps.headStart;
import static dev.kitbridge.maven.build.BridgedApps.kit;
import static dev.kitbridge.maven.build.BridgedApps.node;
import static dev.kitbridge.maven.build.BridgedApps.project;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.app.Kit;
import dev.kitbridge.maven.builder.Compressor;
import dev.kitbridge.maven.builder.KitBuilder;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.NodeServer;
import dev.kitbridge.maven.node.Programs;
import dev.kitbridge.maven.process.ChildProcess;
import dev.kitbridge.maven.recorded.RecordedBuild;
import dev.kitbridge.maven.recorded.RecordedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the bridge on real apps: it builds them, serves modules, and reports mistakes. {@code -DexcludedGroups=bridge}
 * excludes these tests.
 */
@Tag("bridge")
class BridgeTest {

    private final List<String> logged = new ArrayList<>();

    @BeforeAll
    static void install() throws IOException {
        BridgedApps.install();
    }

    @Test
    void theBridgesOwnTestsPass() throws IOException {
        // Node's default is a processor less
        List<String> command = new ArrayList<>(List.of(
                node().executable().toString(),
                "--test",
                "--test-reporter=spec",
                "--test-concurrency=" + Runtime.getRuntime().availableProcessors()));
        try (Stream<Path> files = Files.list(SOURCES)) {
            files.filter(file -> file.toString().endsWith(".test.mjs"))
                    .sorted()
                    .forEach(file -> command.add(file.toString()));
        }
        StringBuilder text = new StringBuilder();
        ChildProcess.Result result = new ChildProcess(
                        command, SOURCES, Programs.system().withFirst(node()))
                .run((line, error) -> text.append(line).append('\n'), seconds -> {});
        assertThat(result.exitCode()).as(text.toString()).isZero();
        assertThat(text).contains("fail 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kit3", "kit2"})
    void anAppIsBuiltOnceWhileNothingChangesAndAServerForSomeOfItsRoutesAnswers(String kit) throws IOException {
        App app = app(kit, "java");
        List<String> builds = new ArrayList<>();
        ViteBuild.Result first = built(build(app, logged), app, HeadStart.NONE, change -> builds.add("first"));
        assertThat(first.fresh()).isTrue();
        assertThat(logged).anyMatch(line -> line.startsWith("version.name is 1793491200000-"));

        ViteBuild.Result second = built(build(app, logged), app, HeadStart.NONE, change -> builds.add("second"));
        assertThat(second.fresh()).isFalse();
        assertThat(second.fingerprint()).isEqualTo(first.fingerprint());
        assertThat(second.record()).isEqualTo(first.record());
        assertThat(builds).containsExactly("first");

        assertAnswers(app, first.record());
    }

    @Test
    void theBridgesNodeRunsModulesWhenItHasBuilt() throws Exception {
        App app = app("kit3", "served");
        Path module = Files.writeString(
                app.scratch().getParent().getParent().resolve("version.mjs"),
                "import { VERSION } from '@sveltejs/kit';\n"
                        + "export default ({ name }) => `${name} ${VERSION} ${process.pid}`;\n");
        try (ViteBuild.Result built = build(app, logged).run(kit(app), HeadStart.NONE, change -> {})) {
            NodeServer bridge = built.node();
            String first = bridge.ask(module, Map.of("name", "first"));
            assertThat(first).startsWith("first " + kit(app).version() + " ");
            assertThat(bridge.ask(module, Map.of("name", "second"))).isEqualTo(first.replace("first", "second"));
        }
    }

    private static void assertAnswers(App app, BuildRecord record) throws IOException {
        Compressor compressor =
                new Compressor(new NodeServer(node(), app.scratch(), null), app.scratch(), message -> {});
        KitBuilder builder = new KitBuilder(
                record, project(app), "some", folder(app), new RecordedLog(), compressor, RecordedBuild.NOTHING);
        Set<String> ids = Set.of("/raw", "/settings", "/files/[...path]");
        List<RouteDefinition> some = builder.routes().stream()
                .filter(route -> ids.contains(route.id()))
                .toList();
        Path server = builder.outputDirectory().resolve("server");
        builder.writeServer(server);
        builder.generateServerInstance(builder.outputDirectory().resolve("index.mjs"), some, server);
        Path script = Files.writeString(
                builder.outputDirectory().resolve("ask.mjs"),
                """
                import { readFileSync } from 'node:fs';
                import { server } from './index.mjs';
                const read = (file) => new Blob([readFileSync(new URL(`./server/${file}`, import.meta.url))]).stream();
                await server.init({ env: { PUBLIC_GREETING: 'ahoy' }, read });
                for (const path of ['/raw', '/files/x', '/settings', '/cart']) {
                	const request = new Request(`http://lighthouse.test${path}`);
                	const response = await server.respond(request, { getClientAddress: () => '192.0.2.1' });
                	const text = await response.text();
                	console.log(path, response.status, /<p>(.*)<\\/p>/.exec(text)?.[1] ?? text.split('\\n')[0].slice(0, 30));
                }
                """);
        ChildProcess.Result answers = new ChildProcess(
                        List.of(node().executable().toString(), script.toString()), app.directory(), Map.of())
                .run();
        assertThat(answers.tail())
                .contains("/raw 200 raw", "/files/x 200 Trim the wick before dusk.", "/settings 200 ahoy")
                .anyMatch(line -> line.startsWith("/cart 404 "));
    }

    @Test
    void aBridgeIsStartedEarlyIfASourceChangedAndThenBuilds() throws IOException {
        App app = app("kit3", "ahead");
        BuildRecord first;
        try (HeadStart ahead = headStart(app)) {
            assertThat(ahead).as("never built").isNotSameAs(HeadStart.NONE);
            first = built(build(app, logged), app, ahead, change -> {}).record();
            assertThat(ahead.take(node())).as("used").isNull();
        }
        try (HeadStart ahead = headStart(app)) {
            assertThat(ahead).as("nothing changed").isSameAs(HeadStart.NONE);
        }
        Files.writeString(app.directory().resolve("src/routes/about/+page.svelte"), "<h1>About us</h1>\n");
        try (HeadStart ahead = headStart(app)) {
            assertThat(ahead).as("a source changed").isNotSameAs(HeadStart.NONE);
            BuildRecord second =
                    built(build(app, logged), app, ahead, change -> {}).record();
            assertThat(second.config().get("version"))
                    .isNotEqualTo(first.config().get("version"));
        }
        // a bridge started for another Node does not build
        Files.delete(folder(app).resolve("state.json"));
        NodeRuntime other = new NodeRuntime(node().executable(), "another origin");
        try (HeadStart ahead = headStart(app)) {
            assertThat(ahead.take(other)).isNull();
            assertThat(ahead.take(node())).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kit3", "kit2"})
    void aMistakeInTheAppIsNamedWithItsPlaceAndLeavesNothingBehind(String kit) throws IOException {
        App app = app(kit, "mistaken");
        Path page = app.directory().resolve("src/routes/about/+page.svelte");
        Files.writeString(page, "<h1>About</h1>\n{#if}\n");
        assertThatThrownBy(() -> built(build(app, logged), app, HeadStart.NONE, change -> {}))
                .isInstanceOf(UserFailure.class)
                .hasMessageStartingWith("The Vite build of " + app.directory() + " failed: ")
                .hasMessageMatching("(?s).*" + Pattern.quote(page.toString()) + ":2:\\d+.*")
                .hasMessageNotContaining("\u001b");
        assertThat(folder(app).resolve("build.json")).doesNotExist();
        assertThat(folder(app).resolve("state.json")).doesNotExist();
    }

    @Test
    void anAppWithoutTheSvelteKitPluginIsReported() throws IOException {
        App app = app("kit3", "formless");
        Files.writeString(app.directory().resolve("vite.config.js"), "export default {};\n");
        assertThatThrownBy(() -> built(build(app, logged), app, HeadStart.NONE, change -> {}))
                .isInstanceOf(UserFailure.class)
                .hasMessage("SvelteKit was not found in the vite.config of " + app.directory()
                        + " (no plugin named vite-plugin-sveltekit-setup); add sveltekit() to its plugins. If it is"
                        + " there, SvelteKit 3.2.0 has an unknown structure; supported versions are " + Kit.SUPPORTED
                        + ", tested ones " + Kit.TESTED);
    }
}
