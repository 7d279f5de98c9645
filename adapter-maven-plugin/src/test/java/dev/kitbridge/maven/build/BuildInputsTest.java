package dev.kitbridge.maven.build;

import static dev.kitbridge.maven.build.BridgedApps.TIMESTAMP;
import static dev.kitbridge.maven.build.BridgedApps.app;
import static dev.kitbridge.maven.build.BridgedApps.build;
import static dev.kitbridge.maven.build.BridgedApps.built;
import static dev.kitbridge.maven.build.BridgedApps.folder;
import static dev.kitbridge.maven.build.BridgedApps.headStart;
import static dev.kitbridge.maven.build.BridgedApps.kit;
import static dev.kitbridge.maven.build.BridgedApps.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.adapter.ViteConfig;
import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.packages.ScriptRun;
import dev.kitbridge.maven.vite.Contribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests on real apps which changes make a build necessary. {@code -DexcludedGroups=bridge} excludes these tests. */
@Tag("bridge")
class BuildInputsTest {

    private final List<String> logged = new ArrayList<>();

    @BeforeAll
    static void install() throws IOException {
        BridgedApps.install();
    }

    @Test
    void anAppThatChangedIsBuiltAgain() throws IOException {
        App app = app("kit3", "changed");
        ViteBuild.Result first = built(build(app, logged), app, HeadStart.NONE, change -> {});
        Files.writeString(
                app.directory().resolve("src/routes/raw/+server.js"), "export const POST = () => new Response();");
        ViteBuild.Result second = built(build(app, logged), app, HeadStart.NONE, change -> {});
        assertThat(second.fresh()).isTrue();
        assertThat(second.record().config().get("version"))
                .isNotEqualTo(first.record().config().get("version"));

        // the plugins of an adapter are an input, and the output must exist
        ViteConfig.Module module = new ViteConfig.Module(
                "banner.mjs",
                "export default ({ name }) => ({ name, renderStart() { console.log('plugin ' + name) } });",
                Map.of("name", "banner"));
        Contribution banner =
                new Contribution("docs", new ViteConfig(List.of(module), List.of()), null, "the jar of docs");
        assertThat(built(build(app, logged, banner), app, HeadStart.NONE, change -> {})
                        .fresh())
                .isTrue();
        assertThat(logged).contains("plugin banner");
        assertThat(built(build(app, logged, banner), app, HeadStart.NONE, change -> {})
                        .fresh())
                .isFalse();
        Files.delete(app.directory().resolve(".svelte-kit/output/client/robots.txt"));
        assertThat(built(build(app, logged, banner), app, HeadStart.NONE, change -> {})
                        .fresh())
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
            assertThat(built(build(app, logged), app, ahead, change -> {}).fresh())
                    .isTrue();
        }
        LastBuild last = LastBuild.read(folder(app));
        assertThat(last.generated()).containsExactly("src/words.txt");
        assertThat(last.inputs().unknown()).isEmpty();
        assertThat(built(build(app, logged), app, HeadStart.NONE, change -> {}).fresh())
                .isFalse();
        assertThat(runs).hasContent("ran");

        Files.writeString(root.resolve("words.txt"), "two");
        List<String> changes = new ArrayList<>();
        assertThat(built(build(app, logged), app, HeadStart.NONE, changes::add).fresh())
                .isTrue();
        assertThat(changes).containsExactly("words.txt changed");
        assertThat(root.resolve("src/words.txt")).hasContent("two");
        assertThat(built(build(app, logged), app, HeadStart.NONE, change -> {}).fresh())
                .isFalse();

        Files.writeString(manifest, Files.readString(manifest).replace("echo ran", "echo again"));
        assertThat(build(app, logged).change(LastBuild.read(folder(app)), kit(app)))
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
        assertThat(built(build(app, logged), app, HeadStart.NONE, change -> {}).fresh())
                .isTrue();
        LastBuild last = LastBuild.read(folder(app));
        assertThat(last.inputs().unknown())
                .contains("the program 'npm --version'")
                .hasSize(3);
        assertThat(build(app, logged).change(last, kit(app)))
                .contains("the last build used the program", "npm --version");
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
        for (String folder : List.of("build", "dist", ".content", "docs")) {
            Files.createDirectories(root.resolve(folder));
            Files.writeString(root.resolve(folder).resolve("one.md"), "x");
        }
        Path config = root.resolve("vite.config.js");
        Files.writeString(
                config,
                """
                import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
                import { loadEnv } from 'vite';
                const text = readFileSync('../outside/config.txt', 'utf8');
                const name = ['CURIOUS', 'NAME'].join('_');
                const loaded = loadEnv('production', process.cwd(), '');
                for (const folder of ['.', 'build', 'dist', '.content', 'docs', 'src', 'static', 'missing', 'target', 'node_modules']) {
                	if (existsSync(folder) && statSync(folder).isDirectory()) readdirSync(folder);
                }
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
    void aChangeOfEachInputIsDetected(String kit) throws IOException {
        App app = curiousApp(kit);
        ViteBuild build = build(app, logged);
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
        ViteBuild first = build(app, logged);
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
}
