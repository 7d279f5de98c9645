package dev.kitbridge.maven.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.json.Jackson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ViteScriptTest {

    @TempDir
    Path app;

    private final Map<String, String> scripts = new HashMap<>();

    private ViteScript script(String event, String text) throws IOException {
        scripts.put(event, text);
        Files.writeString(app.resolve("package.json"), Jackson.MAPPER.writeValueAsString(Map.of("scripts", scripts)));
        return ViteScript.of(new App(app), event);
    }

    private static List<String> lines(List<ViteScript.Command> commands) {
        return commands.stream().map(ViteScript.Command::line).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vite build",
                "npx vite build",
                "pnpm exec vite build",
                "bunx --bun vite build",
                "cross-env CHART=12 vite build",
                "vite build --mode staging"
            })
    void oneCommandIsPlain(String text) throws IOException {
        ViteScript script = script("build", text);
        assertThat(script.isPlain()).isTrue();
        assertThat(script.before()).isEmpty();
        assertThat(script.skipped()).isEmpty();
        assertThat(script.vite().others()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "node a.js && vite build                       ~ node a.js",
                "svelte-kit sync&&vite build                   ~ svelte-kit sync",
                "npm run codegen && vite build                 ~ npm run codegen",
                "node -e \"a && b; c\" && vite build           ~ node -e \"a && b; c\"",
                "cat a | sort > b 2>&1 && vite build           ~ cat a | sort > b 2>&1"
            })
    void commandsBeforeViteRunFirst(String text, String before) throws IOException {
        ViteScript script = script("build", text);
        assertThat(script.isPlain()).isTrue();
        assertThat(lines(script.before())).containsExactly(before);
    }

    @Test
    void hooksOfTheScriptBelongToIt() throws IOException {
        scripts.put("prebuild", "node before.js; node more.js");
        scripts.put("postbuild", "node after.js");
        ViteScript script = script("build", "node a.js && vite build && node b.js");
        assertThat(script.before())
                .containsExactly(
                        new ViteScript.Command("prebuild", "node before.js; node more.js"),
                        new ViteScript.Command("build", "node a.js"));
        assertThat(lines(script.skipped())).containsExactly("node b.js", "node after.js");
        assertThat(script.after()).isEmpty();
    }

    @Test
    void aPackageManagerThatRunsNoHooksHasNone() throws IOException {
        scripts.put("prebuild", "node before.js");
        Files.writeString(app.resolve("yarn.lock"), "__metadata:\n  version: 8\n");
        assertThat(script("build", "vite build").before()).isEmpty();
        Files.delete(app.resolve("yarn.lock"));
        Files.writeString(app.resolve("pnpm-lock.yaml"), "lockfileVersion: '6.0'\n");
        assertThat(script("build", "vite build").before()).isEmpty();
        Files.writeString(app.resolve(".npmrc"), "fund=false\nenable-pre-post-scripts = true\n");
        assertThat(lines(script("build", "vite build").before())).containsExactly("node before.js");
    }

    @Test
    void aScriptThatCallsViteIndirectlyIsFollowed() throws IOException {
        scripts.put("prebuild:app", "node hook.js");
        scripts.put("build:app", "node c.js && vite build -m test");
        ViteScript script = script("build", "npm run types && npm run build:app");
        assertThat(lines(script.before())).containsExactly("npm run types", "node hook.js", "node c.js");
        assertThat(script.mode(null, "production")).isEqualTo("test");
    }

    @Test
    void scriptsThatCallEachOtherInACircleEnd() throws IOException {
        scripts.put("again", "npm run build && vite preview");
        assertThat(script("build", "npm run again").isPlain()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "turbo run build",
                "node build.js",
                "vite build || true",
                "vite build & node b.js",
                "(node a.js && vite build)",
                "cd web && vite build",
                "export A=1 && vite build",
                "A=$B vite build",
                "vite dev",
                "vite build > log.txt",
                "echo 'unclosed && vite build"
            })
    void aScriptThatNeedsAShellIsNotPlain(String text) throws IOException {
        ViteScript script = script("build", text);
        assertThat(script.isPlain()).isFalse();
        assertThat(script.before()).isEmpty();
        assertThat(script.with(List.of("node a.js"), null).isPlain()).isTrue();
        assertThat(script.with(List.of(), null).isPlain()).isTrue();
    }

    @Test
    void anAppWithoutTheScriptRunsOnlyVite() throws IOException {
        ViteScript script = script("test", "vitest");
        assertThat(ViteScript.of(new App(app), "build"))
                .isEqualTo(new ViteScript(
                        "build", "vite build", List.of(), ViteCommand.plain("build"), List.of(), List.of(), true));
        assertThat(script.isPlain()).isFalse();
    }

    @Test
    void variablesAndModeOfTheCommandReachVite() throws IOException {
        ViteScript script = script("build", "cross-env BASE=/shop NAME='two words' vite build --mode=staging --ssr x");
        assertThat(script.vite().variables()).containsOnly(Map.entry("BASE", "/shop"), Map.entry("NAME", "two words"));
        assertThat(script.mode("", "production")).isEqualTo("staging");
        assertThat(script.mode("test", "production")).isEqualTo("test");
        assertThat(script.vite().others()).containsExactly("--ssr", "x");
        assertThat(script.words("staging", "production")).containsExactly("build", "--mode=staging", "--ssr", "x");
        assertThat(script.words("test", "production")).containsExactly("build", "--mode", "test");
        assertThat(script.words("production", "production")).containsExactly("build");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vite", "vite dev", "vite serve", "vite --host"})
    void viteAloneServesForDevelopment(String text) throws IOException {
        ViteScript script = script("dev", "node a.js && " + text);
        assertThat(lines(script.before())).containsExactly("node a.js");
        assertThat(script.words("development", "development")).startsWith("dev");
    }

    @Test
    void thePomsCommandsCountInsteadOfThoseOfTheScript() throws IOException {
        ViteScript script =
                script("build", "node a.js && vite build && node b.js").with(List.of("x"), List.of("y"));
        assertThat(lines(script.before())).containsExactly("x");
        assertThat(lines(script.after())).containsExactly("y");
        assertThat(script.skipped()).isEmpty();
    }
}
