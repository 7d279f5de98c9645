package dev.kitbridge.maven.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.Project;
import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.adapter.ViteConfig;
import dev.kitbridge.adapter.ViteModule;
import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.app.Kit;
import dev.kitbridge.maven.builder.Compressor;
import dev.kitbridge.maven.builder.KitBuilder;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.NodeServer;
import dev.kitbridge.maven.node.Nodes;
import dev.kitbridge.maven.node.Programs;
import dev.kitbridge.maven.packages.Packages;
import dev.kitbridge.maven.packages.ScriptRun;
import dev.kitbridge.maven.packages.ViteScript;
import dev.kitbridge.maven.process.ChildProcess;
import dev.kitbridge.maven.process.ProcessLog;
import dev.kitbridge.maven.recorded.RecordedBuild;
import dev.kitbridge.maven.recorded.RecordedLog;
import dev.kitbridge.maven.vite.Contribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the bridge on real apps, with a Node and packages that the plugin fetches. The first run needs a network;
 * {@code -DexcludedGroups=bridge} excludes it.
 */
@Tag("bridge")
class BridgeTest {

    private static final Path SOURCES = Path.of("src/test/js").toAbsolutePath();
    private static final Path WORK = Path.of("target/js").toAbsolutePath();
    private static final Instant TIMESTAMP = Instant.parse("2026-11-01T00:00:00Z");

    private static NodeRuntime node;

    private final List<String> logged = new ArrayList<>();

    @BeforeAll
    static void install() throws IOException {
        node = new Nodes(null, "24", null, false, false, Programs.system()).find(SOURCES, message -> {});
        for (String kit : List.of("kit3", "kit2", "vite6")) {
            Path folder = Files.createDirectories(WORK.resolve(kit));
            for (String name : List.of("package.json", "package-lock.json")) {
                Files.write(
                        folder.resolve(name),
                        Files.readAllBytes(SOURCES.resolve(kit).resolve(name)));
            }
            new Packages(Packages.Mode.AUTO, false, Programs.system())
                    .install(new App(folder), node, new ProcessLog(line -> {}, line -> {}, line -> {}, false));
        }
    }

    @Test
    void theBridgesOwnTestsPass() throws IOException {
        List<String> command = new ArrayList<>(List.of(node.executable().toString(), "--test", "--test-reporter=spec"));
        try (Stream<Path> files = Files.list(SOURCES)) {
            files.filter(file -> file.toString().endsWith(".test.mjs"))
                    .sorted()
                    .forEach(file -> command.add(file.toString()));
        }
        StringBuilder text = new StringBuilder();
        ChildProcess.Result result = new ChildProcess(
                        command, SOURCES, Programs.system().withFirst(node))
                .run((line, error) -> text.append(line).append('\n'), seconds -> {});
        assertThat(result.exitCode()).as(text.toString()).isZero();
        assertThat(text).contains("fail 0");
    }

    /** Copies the app of the bridge's own tests to a new folder. */
    private static App app(String kit, String name) throws IOException {
        Path app = WORK.resolve(kit).resolve("apps").resolve(name);
        if (Files.exists(app)) delete(app);
        copy(SOURCES.resolve("app"), app);
        copy(SOURCES.resolve(kit), app);
        Files.copy(
                SOURCES.resolve("app/package.json"), app.resolve("package.json"), StandardCopyOption.REPLACE_EXISTING);
        Files.delete(app.resolve("package-lock.json"));
        return new App(app.toRealPath());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.write(target, Files.readAllBytes(file));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    private static ScriptRun run(App app) {
        try {
            ViteScript script = ViteScript.of(app, "build");
            return new ScriptRun(app, script, node, Programs.system(), false, Map.of("PUBLIC_GREETING", "ahoy"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static App.InstalledPackage kit(App app) throws IOException {
        return Kit.of(app, spec -> spec);
    }

    private ViteBuild build(App app, Contribution... contributions) {
        return new ViteBuild(
                run(app),
                app.directory(),
                app.directory().resolve("target"),
                "production",
                TIMESTAMP,
                List.of(contributions),
                null,
                new ProcessLog(logged::add, logged::add, logged::add, false));
    }

    private static Path folder(App app) {
        return BuildFolder.of(app, app.directory()).path();
    }

    private static Project project(App app) {
        Path base = app.directory();
        Path target = base.resolve("target");
        return new Project(
                "com.example",
                "lighthouse",
                "1",
                "jar",
                "lighthouse",
                base,
                base,
                target,
                target.resolve("classes"),
                null,
                List.of(),
                TIMESTAMP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kit3", "kit2"})
    void anAppIsBuiltOnceWhileNothingChangesAndAServerForSomeOfItsRoutesAnswers(String kit) throws IOException {
        App app = app(kit, "java");
        List<String> builds = new ArrayList<>();
        ViteBuild.Result first = built(build(app), app, HeadStart.NONE, change -> builds.add("first"));
        assertThat(first.fresh()).isTrue();
        assertThat(logged).anyMatch(line -> line.startsWith("version.name is 1793491200000-"));

        ViteBuild.Result second = built(build(app), app, HeadStart.NONE, change -> builds.add("second"));
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
        try (ViteBuild.Result built = build(app).run(kit(app), HeadStart.NONE, change -> {})) {
            NodeServer bridge = built.node();
            String first = bridge.ask(module, Map.of("name", "first"));
            assertThat(first).startsWith("first " + kit(app).version() + " ");
            assertThat(bridge.ask(module, Map.of("name", "second"))).isEqualTo(first.replace("first", "second"));
        }
    }

    /** Builds, and closes the bridge. */
    private static ViteBuild.Result built(ViteBuild build, App app, HeadStart ahead, Consumer<String> before)
            throws IOException {
        ViteBuild.Result result = build.run(kit(app), ahead, before);
        result.close();
        return result;
    }

    private static void assertAnswers(App app, BuildRecord record) throws IOException {
        Compressor compressor = new Compressor(new NodeServer(node, app.scratch(), null), app.scratch(), message -> {});
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
                        List.of(node.executable().toString(), script.toString()), app.directory(), Map.of())
                .run();
        assertThat(answers.tail())
                .contains("/raw 200 raw", "/files/x 200 Trim the wick before dusk.", "/settings 200 ahoy")
                .anyMatch(line -> line.startsWith("/cart 404 "));
    }

    @Test
    void anAppThatChangedIsBuiltAgain() throws IOException {
        App app = app("kit3", "changed");
        ViteBuild.Result first = built(build(app), app, HeadStart.NONE, change -> {});
        Files.writeString(
                app.directory().resolve("src/routes/raw/+server.js"), "export const POST = () => new Response();");
        ViteBuild.Result second = built(build(app), app, HeadStart.NONE, change -> {});
        assertThat(second.fresh()).isTrue();
        assertThat(second.record().config().get("version"))
                .isNotEqualTo(first.record().config().get("version"));

        // the plugins of an adapter are an input, and the output must exist
        ViteModule module = new ViteModule(
                "banner.mjs",
                "export default ({ name }) => ({ name, renderStart() { console.log('plugin ' + name) } });",
                Map.of("name", "banner"));
        Contribution banner =
                new Contribution("docs", new ViteConfig(List.of(module), List.of()), null, "the jar of docs");
        assertThat(built(build(app, banner), app, HeadStart.NONE, change -> {}).fresh())
                .isTrue();
        assertThat(logged).contains("plugin banner");
        assertThat(built(build(app, banner), app, HeadStart.NONE, change -> {}).fresh())
                .isFalse();
        Files.delete(app.directory().resolve(".svelte-kit/output/client/robots.txt"));
        assertThat(built(build(app, banner), app, HeadStart.NONE, change -> {}).fresh())
                .isTrue();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void commandsBeforeViteRunOnlyIfSomethingChangedAndMayDeleteAllOutput() throws IOException {
        App app = app("kit3", "commands");
        Path root = app.directory();
        Path manifest = root.resolve("package.json");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replaceFirst(
                                "\\{",
                                "{ \"scripts\": { \"build\": \"rm -rf .svelte-kit && echo ran >> ../commands.txt &&"
                                        + " cp words.txt src/words.txt && vite build\" },"));
        Files.writeString(root.resolve("words.txt"), "one");
        Path runs = root.resolveSibling("commands.txt");
        Files.deleteIfExists(runs);
        try (HeadStart ahead = headStart(app)) {
            assertThat(built(build(app), app, ahead, change -> {}).fresh()).isTrue();
        }
        LastBuild last = LastBuild.read(folder(app));
        assertThat(last.generated()).containsExactly("src/words.txt");
        assertThat(last.inputs().unknown()).isEmpty();
        assertThat(built(build(app), app, HeadStart.NONE, change -> {}).fresh()).isFalse();
        assertThat(runs).hasContent("ran");

        Files.writeString(root.resolve("words.txt"), "two");
        List<String> changes = new ArrayList<>();
        assertThat(built(build(app), app, HeadStart.NONE, changes::add).fresh()).isTrue();
        assertThat(changes).containsExactly("words.txt changed");
        assertThat(root.resolve("src/words.txt")).hasContent("two");
        assertThat(built(build(app), app, HeadStart.NONE, change -> {}).fresh()).isFalse();

        Files.writeString(manifest, Files.readString(manifest).replace("echo ran", "echo again"));
        assertThat(build(app).change(LastBuild.read(folder(app)), kit(app)))
                .contains("the script in package.json changed", "package.json changed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kit3", "kit2"})
    @DisabledOnOs(OS.WINDOWS)
    void aConfigurationThatUsesTheEnvironmentAndProgramsInUnusualWaysIsBuilt(String kit) throws IOException {
        App app = app(kit, "unusual");
        Path config = app.directory().resolve("vite.config.js");
        Files.writeString(
                config,
                """
                import assert from 'node:assert';
                import { execFileSync, execSync } from 'node:child_process';
                import fs, { promises, readFileSync } from 'node:fs';
                import { once } from 'node:events';
                import { Worker } from 'node:worker_threads';
                const { stat } = fs.promises;
                assert.equal(structuredClone(process.env).PUBLIC_GREETING, 'ahoy');
                assert.ok(Object.keys({ ...process.env }).includes('PUBLIC_GREETING'));
                process.env.SET_BY_CONFIG = 1;
                const program = JSON.stringify(process.execPath);
                const asked = execSync(program + ' -p process.env.SET_BY_CONFIG', { encoding: 'utf8' });
                assert.equal(asked, '1\\n');
                delete process.env.SET_BY_CONFIG;
                assert.equal(execFileSync(process.execPath, ['-p', 'String(process.env.SET_BY_CONFIG)'], { encoding: 'utf8' }), 'undefined\\n');
                assert.match(execSync('npm --version', { encoding: 'utf8' }), /^\\d/);
                assert.ok((await stat('package.json')).isFile());
                assert.equal(readFileSync('package.json', 'utf8'), await promises.readFile('package.json', 'utf8'));
                const worker = new Worker("require('node:worker_threads').parentPort.postMessage(process.env.PUBLIC_GREETING)", {
                	eval: true,
                	workerData: process.env
                });
                assert.equal((await once(worker, 'message'))[0], 'ahoy');
                """
                        + Files.readString(config));
        assertThat(built(build(app), app, HeadStart.NONE, change -> {}).fresh()).isTrue();
        LastBuild last = LastBuild.read(folder(app));
        assertThat(last.inputs().unknown())
                .contains("the program 'npm --version'")
                .hasSize(3);
        assertThat(build(app).change(last, kit(app))).contains("the last build used the program", "npm --version");
    }

    /** An app that reads files beside its folder in every way, and writes one. */
    private App curiousApp(String kit) throws IOException {
        App app = app(kit, "curious/app");
        Path root = app.directory();
        Path outside = root.resolveSibling("outside");
        for (String file : List.of(
                "config.txt", "watched.txt", "shared.css", "raw.txt", "url.svg", "prerendered.txt", "content/one.md")) {
            Files.createDirectories(outside.resolve(file).getParent());
            Files.writeString(outside.resolve(file), file.endsWith(".css") ? "p { color: red }" : "<svg/>");
        }
        Files.writeString(outside.resolve("words.json"), "{\"word\":\"one\"}");
        Files.writeString(outside.resolve("tsconfig.json"), "{}");
        Files.writeString(
                outside.resolve(".env.production"), "VITE_ADDRESS=https://${EXPANDED_REGION}.test/$EXPANDED_PATH\n");
        Files.writeString(root.resolve("tsconfig.json"), "{ \"extends\": \"../outside/tsconfig.json\" }");
        Files.createDirectories(outside.resolve("linked"));
        Files.writeString(outside.resolve("linked/part.js"), "export default 1;");
        Files.createSymbolicLink(root.resolve("src/linked"), outside.resolve("linked"));
        Path config = root.resolve("vite.config.js");
        Files.writeString(
                config,
                """
                import { readFileSync, writeFileSync } from 'node:fs';
                import { loadEnv } from 'vite';
                const text = readFileSync('../outside/config.txt', 'utf8');
                const name = ['CURIOUS', 'NAME'].join('_');
                const loaded = loadEnv('production', process.cwd(), '');
                writeFileSync('src/generated.js', 'export default ' + JSON.stringify(process.cwd()));
                const watching = { name: 'watching', buildStart() { this.addWatchFile('../outside/watched.txt'); } };
                """
                        + Files.readString(config)
                                .replace(
                                        "defineConfig({",
                                        "defineConfig({ envDir: '../outside', define: { __A__:"
                                                + " JSON.stringify([text, process.env[name], loaded[name + '_LOADED']]) },")
                                .replace("plugins: [", "plugins: [watching, "));
        Path page = root.resolve("src/routes/about");
        Files.writeString(page.resolve("page.css"), "@import '../../../../outside/shared.css';");
        Files.writeString(
                page.resolve("+page.svelte"),
                """
                <script>
                	import './page.css';
                	import words from '../../../../outside/words.json';
                	import raw from '../../../../outside/raw.txt?raw';
                	import part from '../../linked/part.js';
                	import generated from '../../generated.js';
                	let { data } = $props();
                	const url = new URL('../../../../outside/url.svg', import.meta.url).href;
                	const all = import.meta.glob('../../../../outside/content/*.md', { eager: true, query: '?raw' });
                </script>
                <p>{words.word} {raw} {part} {url} {Object.keys(all).length} {generated.length} {data.text} {__A__}</p>
                """);
        Files.writeString(
                page.resolve("+page.server.js"),
                """
                import { readFileSync } from 'node:fs';
                export const prerender = true;
                export const load = () => ({ text: readFileSync('../outside/prerendered.txt', 'utf8') });
                """);
        return app;
    }

    @ParameterizedTest
    @ValueSource(strings = {"kit3", "kit2"})
    @DisabledOnOs(OS.WINDOWS)
    void aChangeOfAnythingThatTheBuildReadIsSeen(String kit) throws IOException {
        App app = curiousApp(kit);
        ViteBuild build = build(app);
        assertThat(built(build, app, HeadStart.NONE, change -> {}).fresh()).isTrue();
        LastBuild last = LastBuild.read(folder(app));
        assertThat(build.change(last, kit(app))).isNull();
        assertThat(last.inputs().unknown()).isEmpty();
        assertThat(last.generated()).containsExactly("src/generated.js");

        Path outside = app.directory().resolveSibling("outside");
        for (String file : List.of(
                "config.txt",
                "watched.txt",
                "shared.css",
                "raw.txt",
                "url.svg",
                "words.json",
                "tsconfig.json",
                "prerendered.txt",
                ".env.production",
                "content/one.md",
                "linked/part.js")) {
            Path path = outside.resolve(file);
            String before = Files.readString(path);
            Files.writeString(path, before + " ");
            assertThat(build.change(last, kit(app))).as(file).contains(file);
            // the content is compared, not the time
            Files.writeString(path, before);
            assertThat(build.change(last, kit(app))).as(file).isNull();
        }
        for (String file : List.of(".env", ".env.local", ".env.production.local", "content/two.md")) {
            Path path = Files.writeString(outside.resolve(file), "A=1");
            assertThat(build.change(last, kit(app))).as(file).contains("outside/");
            Files.delete(path);
            assertThat(build.change(last, kit(app))).as(file).isNull();
        }
        Files.writeString(app.directory().resolve("src/generated.js"), "export default 'by hand'");
        assertThat(build.change(last, kit(app))).isEqualTo("src/generated.js changed");

        for (String name : List.of(
                "CURIOUS_NAME", "CURIOUS_NAME_LOADED", "PUBLIC_X", "VITE_X", "EXPANDED_REGION", "EXPANDED_PATH")) {
            assertThat(with(build, name).change(last, kit(app))).contains("the environment variable " + name);
        }
        assertThat(with(build, "npm_lifecycle_event").change(last, kit(app))).isEqualTo("src/generated.js changed");
        assertThat(built(build, app, HeadStart.NONE, change -> {}).fresh()).isTrue();
        assertThat(built(build, app, HeadStart.NONE, change -> {}).fresh()).isFalse();
    }

    private static ViteBuild with(ViteBuild build, String variable) {
        ScriptRun run = build.run();
        Map<String, String> given = new HashMap<>(run.given());
        given.put(variable, "other");
        return new ViteBuild(
                new ScriptRun(run.app(), run.script(), run.node(), run.programs(), run.offline(), given),
                build.module(),
                build.target(),
                build.mode(),
                build.timestamp(),
                build.contributions(),
                build.services(),
                build.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"kit3", "kit2"})
    void twoModulesThatBuildOneAppDifferentlyAreBothUnchanged(String kit) throws IOException {
        App app = app(kit, "shared");
        Path config = app.directory().resolve(kit.equals("kit2") ? "svelte.config.js" : "vite.config.js");
        String text = Files.readString(config);
        Files.writeString(config, text.replaceFirst("adapter(: |, )", "outDir: 'generated/kit', adapter$1"));
        assertThat(Files.readString(config)).isNotEqualTo(text);
        ViteBuild first = build(app);
        ViteBuild second = new ViteBuild(
                run(app),
                app.directory().resolve("other"),
                app.directory().resolve("other/target"),
                "staging",
                TIMESTAMP,
                List.of(),
                null,
                first.output());
        ViteBuild third = new ViteBuild(
                run(app),
                app.directory().resolve("third"),
                app.directory().resolve("third/target"),
                "staging",
                TIMESTAMP,
                List.of(),
                null,
                first.output());
        List<String> changes = new ArrayList<>();
        ViteBuild.Result one = built(first, app, HeadStart.NONE, changes::add);
        ViteBuild.Result two = built(second, app, HeadStart.NONE, changes::add);
        assertThat(changes).containsExactly("first build", "first build");
        Path client = app.directory().resolve("generated/kit/output/client");
        for (int i = 0; i < 2; i++) {
            assertThat(built(first, app, HeadStart.NONE, changes::add).fingerprint())
                    .isEqualTo(one.fingerprint());
            assertThat(client.resolve("robots.txt")).exists();
            assertThat(built(second, app, HeadStart.NONE, changes::add).fingerprint())
                    .isEqualTo(two.fingerprint());
            assertThat(built(third, app, HeadStart.NONE, changes::add).fingerprint())
                    .isEqualTo(two.fingerprint());
        }
        assertThat(changes).hasSize(2);
        Files.delete(client.resolve("robots.txt"));
        built(second, app, HeadStart.NONE, changes::add);
        assertThat(changes).last().isEqualTo("the output of the last build changed or is missing");
        built(first, app, HeadStart.NONE, changes::add);
        assertThat(changes).hasSize(3);
    }

    private HeadStart headStart(App app) throws IOException {
        return HeadStart.of(run(app), app.directory(), app.directory().resolve("target"), false);
    }

    @Test
    void aBridgeIsStartedEarlyIfASourceChangedAndThenBuilds() throws IOException {
        App app = app("kit3", "ahead");
        BuildRecord first;
        try (HeadStart ahead = headStart(app)) {
            assertThat(ahead).as("never built").isNotSameAs(HeadStart.NONE);
            first = built(build(app), app, ahead, change -> {}).record();
            assertThat(ahead.take(node)).as("used").isNull();
        }
        try (HeadStart ahead = headStart(app)) {
            assertThat(ahead).as("nothing changed").isSameAs(HeadStart.NONE);
        }
        Files.writeString(app.directory().resolve("src/routes/about/+page.svelte"), "<h1>About us</h1>\n");
        try (HeadStart ahead = headStart(app)) {
            assertThat(ahead).as("a source changed").isNotSameAs(HeadStart.NONE);
            BuildRecord second = built(build(app), app, ahead, change -> {}).record();
            assertThat(second.config().get("version"))
                    .isNotEqualTo(first.config().get("version"));
        }
        // a bridge started for another Node does not build
        Files.delete(folder(app).resolve("state.json"));
        NodeRuntime other = new NodeRuntime(node.executable(), "another origin");
        try (HeadStart ahead = headStart(app)) {
            assertThat(ahead.take(other)).isNull();
            assertThat(ahead.take(node)).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kit3", "kit2"})
    void aMistakeInTheAppIsNamedWithItsPlaceAndLeavesNothingBehind(String kit) throws IOException {
        App app = app(kit, "mistaken");
        Path page = app.directory().resolve("src/routes/about/+page.svelte");
        Files.writeString(page, "<h1>About</h1>\n{#if}\n");
        assertThatThrownBy(() -> built(build(app), app, HeadStart.NONE, change -> {}))
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
        assertThatThrownBy(() -> built(build(app), app, HeadStart.NONE, change -> {}))
                .isInstanceOf(UserFailure.class)
                .hasMessage("SvelteKit was not found in the vite.config of " + app.directory()
                        + " (no plugin named vite-plugin-sveltekit-setup); add sveltekit() to its plugins. If it is"
                        + " there, SvelteKit 3.2.0 has an unknown structure; supported versions are " + Kit.SUPPORTED);
    }
}
