package dev.kitbridge.maven.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.Programs;
import dev.kitbridge.maven.process.ProcessLog;
import dev.kitbridge.maven.process.Scripts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ScriptRunTest {

    @TempDir
    Path temp;

    private final List<String> said = new ArrayList<>();
    private Path app;

    private final ProcessLog output =
            new ProcessLog(said::add, line -> said.add("warning: " + line), line -> said.add("error: " + line), false);

    @BeforeEach
    void app() throws IOException {
        app = Files.createDirectories(temp.toRealPath().resolve("harbour/web"));
        packageJson("");
    }

    private void packageJson(String scripts) throws IOException {
        Files.writeString(
                app.resolve("package.json"),
                """
                {"name":"@tides/web","version":"1.2.3","description":"of no interest","bin":"x.js",
                "config":{"port":80,"nested":{"on":true,"off":false}},"engines":{"node":">=22"},
                "scripts":{%s}}"""
                        .formatted(scripts));
    }

    private ScriptRun run(String event) throws IOException {
        return new ScriptRun(
                new App(app),
                ViteScript.of(new App(app), event),
                new NodeRuntime(temp.resolve("cache/node"), "test", "24.1.0"),
                new Programs(Scripts.path(temp.resolve("bin"))),
                false,
                Map.of("STATION", "Dover"));
    }

    @Test
    void theEnvironmentIsThatOfNpm() throws IOException {
        packageJson("\"build\":\"CHART=12 vite build\"");
        Files.writeString(app.resolve("package-lock.json"), "{}");
        Files.writeString(
                app.resolve(".npmrc"), "# harbour\nfund = false\nsave-exact=\"true\"\n//host/:_authToken=x\n_auth=x\n");
        Files.createDirectories(temp.resolve("npm/bin"));
        Files.writeString(temp.resolve("npm/package.json"), "{\"version\":\"11.4.0\"}");
        Path script = Scripts.write(temp.resolve("npm/bin"), "npm-cli.js");
        Files.createDirectories(temp.resolve("bin"));
        Files.createSymbolicLink(temp.resolve("bin/npm"), script);
        Map<String, String> environment = run("build").environment();
        String node = temp.resolve("cache/node").toString();
        assertThat(environment)
                .containsEntry("npm_package_name", "@tides/web")
                .containsEntry("npm_package_version", "1.2.3")
                .containsEntry("npm_package_json", app.resolve("package.json").toString())
                .containsEntry("npm_package_bin_web", "x.js")
                .containsEntry("npm_package_config_port", "80")
                .containsEntry("npm_package_config_nested_on", "true")
                .containsEntry("npm_package_config_nested_off", "")
                .containsEntry("npm_package_engines_node", ">=22")
                .containsEntry("npm_lifecycle_event", "build")
                .containsEntry("npm_lifecycle_script", "CHART=12 vite build")
                .containsEntry("npm_command", "run")
                .containsEntry("npm_execpath", script.toRealPath().toString())
                .containsEntry("npm_node_execpath", node)
                .containsEntry("NODE", node)
                .containsEntry("INIT_CWD", app.toString())
                .containsEntry("npm_config_fund", "")
                .containsEntry("npm_config_save_exact", "true")
                .containsEntry("npm_config_local_prefix", app.toString())
                .containsEntry("CHART", "12")
                .containsEntry("STATION", "Dover")
                .doesNotContainKeys("npm_package_description", "npm_config__auth", "npm_config_authToken");
        assertThat(environment.get("npm_config_user_agent"))
                .matches("npm/11\\.4\\.0 node/v24\\.1\\.0 \\w+ \\w+ workspaces/false");
        assertThat(environment.get("PATH").split(File.pathSeparator))
                .startsWith(
                        temp.resolve("cache").toString(),
                        app.resolve("node_modules/.bin").toString(),
                        app.resolveSibling("node_modules/.bin").toString())
                .contains(temp.resolve("bin").toString());
    }

    @Test
    void otherPackageManagersNameThemselves() throws IOException {
        Files.writeString(app.resolve("pnpm-lock.yaml"), "lockfileVersion: '6.0'");
        Path pnpm = Scripts.write(temp.resolve("bin"), "pnpm");
        assertThat(run("build").environment())
                .containsEntry("npm_execpath", pnpm.toString())
                .containsEntry("npm_command", "run-script")
                // pnpm 8 has all of package.json
                .containsEntry("npm_package_description", "of no interest")
                .hasEntrySatisfying(
                        "npm_config_user_agent", agent -> assertThat(agent).startsWith("pnpm/? npm/? node/v24.1.0 "));
    }

    @Test
    void commandsRunInTheAppWithThePackagesPrograms() throws IOException {
        Scripts.write(app.resolve("node_modules/.bin"), "tide", "echo high $STATION $npm_lifecycle_event > tide.txt");
        packageJson("\"prebuild\":\"tide\",\"build\":\"echo second && vite build\"");
        ScriptRun run = run("build");
        run.run(run.script().before(), "before", output);
        assertThat(Files.readString(app.resolve("tide.txt"))).isEqualTo("high Dover prebuild\n");
        assertThat(said)
                .containsExactly(
                        "Running 'tide' before Vite, for the script 'prebuild' of package.json",
                        "Running 'echo second' before Vite, for the script 'build' of package.json",
                        "second");
    }

    @Test
    void aFailingCommandFailsTheBuildWithItsOutput() throws IOException {
        packageJson("\"build\":\"echo the gauge is dry >&2 && exit 3\"");
        ScriptRun run = run("build");
        assertThatThrownBy(() -> run.run(
                        List.of(new ViteScript.Command("build", "echo the gauge is dry >&2 && exit 3")),
                        "before",
                        output))
                .isInstanceOf(UserFailure.class)
                .hasMessage("'echo the gauge is dry >&2 && exit 3', for the script 'build' of "
                        + app.resolve("package.json") + ", failed with exit code 3:\n  the gauge is dry");
    }

    @Test
    void aPackageManagerThatACommandNeedsComesThroughNpm() throws IOException {
        Files.writeString(app.resolve("bun.lock"), "{}");
        Scripts.write(temp.resolve("bin"), "npm", "echo \"$@\"");
        packageJson("\"build\":\"bun run codegen && vite build\"");
        ScriptRun run = new ScriptRun(
                new App(app),
                ViteScript.of(new App(app), "build"),
                new NodeRuntime(temp.resolve("cache/node"), "test", "24.1.0"),
                new Programs(temp.resolve("bin") + File.pathSeparator + "/bin"),
                true,
                Map.of());
        run.run(run.script().before(), "before", output);
        assertThat(said).contains("exec --yes --package=bun@1 --offline --call bun run codegen");
    }

    @Test
    void partsOfAScriptThatDoNotRunAreReported() throws IOException {
        packageJson("\"build\":\"turbo build\",\"dev\":\"vite dev --open && node b.js\"");
        run("build").warn(output);
        run("dev").warn(output);
        run("preview").warn(output);
        assertThat(said)
                .containsExactly(
                        "warning: The script 'build' of package.json is 'turbo build'. The commands before"
                                + " Vite cannot be determined from it, so only Vite runs; name the commands in <beforeBuild>, or set"
                                + " it to 'none' if there are none",
                        "warning: The script 'dev' of package.json is 'vite dev --open && node b.js'. Vite is followed"
                                + " by 'node b.js', which does not run, since it may need the output of the app's own"
                                + " adapter; name it in <afterBuild>, or set that to 'none' if it is not needed",
                        "warning: The script 'dev' of package.json is 'vite dev --open && node b.js'. Vite is called"
                                + " without '--open'; set these options in the app's vite.config");
    }
}
