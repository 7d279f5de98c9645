package dev.kitbridge.maven.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.Programs;
import dev.kitbridge.maven.packages.Packages.Mode;
import dev.kitbridge.maven.process.ProcessLog;
import dev.kitbridge.maven.process.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses shell scripts as package managers, which record their arguments. */
@DisabledOnOs(OS.WINDOWS)
class PackagesTest {

    private static final String NPM_CI = "npm ci --no-audit --no-fund --include=dev --include=optional --include=peer";
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    @TempDir
    Path temp;

    private final List<String> said = new ArrayList<>();
    private Path app;

    @BeforeEach
    void app() throws IOException {
        app = Files.createDirectories(temp.toRealPath().resolve("app"));
        Files.writeString(app.resolve("package.json"), "{}");
        Files.writeString(app.resolve("package-lock.json"), "{\"lockfileVersion\":3}");
        program("npm", "mkdir -p node_modules");
    }

    private void program(String name, String... lines) throws IOException {
        List<String> all =
                new ArrayList<>(List.of("echo " + name + " \"$@\" >> '" + app.resolveSibling("calls") + "'"));
        all.addAll(List.of(lines));
        Scripts.write(temp.resolve("bin"), name, all.toArray(String[]::new));
    }

    private Optional<String> install(Mode mode, boolean offline) throws IOException {
        Programs programs = new Programs(Scripts.path(temp.resolve("bin")));
        return new Packages(mode, offline, programs)
                .install(
                        new App(app),
                        new NodeRuntime(temp.resolve("node/node"), "test", "24.0.0"),
                        new ProcessLog(said::add, said::add, said::add, false));
    }

    private List<String> calls() throws IOException {
        Path file = app.resolveSibling("calls");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private void touch(String file, Instant time) throws IOException {
        Path path = app.resolve(file);
        Files.createDirectories(path.getParent());
        if (!Files.exists(path)) Files.writeString(path, "{}");
        Files.setLastModifiedTime(path, FileTime.from(time));
    }

    @Test
    void missingPackagesAreInstalledOnce() throws IOException {
        program("npm", "mkdir -p node_modules", "echo added 3 packages", "echo a warning >&2");
        assertThat(install(Mode.AUTO, false)).contains(NPM_CI);
        assertThat(said).contains("Installing packages in " + app + ": " + NPM_CI, "added 3 packages", "a warning");
        assertThat(install(Mode.AUTO, false)).isEmpty();
        assertThat(calls()).containsExactly(NPM_CI);
    }

    @Test
    void aLockFileThatChangedIsInstalled() throws IOException {
        install(Mode.AUTO, false);
        Files.writeString(app.resolve("package-lock.json"), "{\"lockfileVersion\":4}");
        assertThat(install(Mode.AUTO, false)).contains(NPM_CI);
        assertThat(calls()).hasSize(2);
    }

    @Test
    void aLockFileWithAnotherTimeAndTheSameContentIsNot() throws IOException {
        install(Mode.AUTO, false);
        touch("package-lock.json", Instant.now().plusSeconds(1000));
        assertThat(install(Mode.AUTO, false)).isEmpty();
    }

    @Test
    void anInstallThatFailedIsTriedAgain() throws IOException {
        install(Mode.AUTO, false);
        Files.writeString(app.resolve("package-lock.json"), "{\"lockfileVersion\":4}");
        program("npm", "mkdir -p node_modules", "echo npm error code E404 >&2", "exit 4");
        String message = "'" + NPM_CI + "' failed in " + app + " with exit code 4:\n  npm error code E404";
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> install(Mode.AUTO, false))
                    .isInstanceOf(UserFailure.class)
                    .hasMessage(message);
        }
        assertThat(calls()).hasSize(3);
    }

    @Test
    void onlyTheLastLinesOfAFailureAreShown() throws IOException {
        program("npm", "i=1; while [ $i -le 30 ]; do echo line $i; i=$((i + 1)); done; exit 1");
        assertThatThrownBy(() -> install(Mode.AUTO, false))
                .hasMessageContaining(":\n  line 16\n  line 17")
                .hasMessageEndingWith("\n  line 30");
    }

    @Test
    void aUsersInstallIsAccepted() throws IOException {
        touch("package-lock.json", NOON);
        touch("node_modules/.package-lock.json", NOON.plusSeconds(5));
        assertThat(install(Mode.AUTO, false)).isEmpty();
        assertThat(calls()).isEmpty();
    }

    @Test
    void aUsersInstallOlderThanTheLockFileIsNotAccepted() throws IOException {
        touch("package-lock.json", NOON);
        touch("node_modules/.package-lock.json", NOON.minusSeconds(5));
        assertThat(install(Mode.AUTO, false)).contains(NPM_CI);
    }

    @Test
    void packagesWithoutAnyMarkAreInstalled() throws IOException {
        touch("node_modules/svelte/package.json", Instant.now());
        assertThat(install(Mode.AUTO, false)).contains(NPM_CI);
    }

    @Test
    void alwaysInstallsInEachBuildAndNeverInNone() throws IOException {
        assertThat(install(Mode.NEVER, false)).isEmpty();
        install(Mode.ALWAYS, false);
        install(Mode.ALWAYS, false);
        assertThat(calls()).containsExactly(NPM_CI, NPM_CI);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLockFileThatIsNotJsonIsNamed(boolean offline) throws IOException {
        Files.writeString(app.resolve("package-lock.json"), "{\n<<<<<<< HEAD\n\"lockfileVersion\": 3\n}");
        assertThatThrownBy(() -> install(Mode.AUTO, offline))
                .isInstanceOf(UserFailure.class)
                .hasMessageContaining("package-lock.json is not JSON")
                .hasMessageContaining("line 2");
        assertThat(calls()).isEmpty();
    }

    @Test
    void offlineNothingIsFetched() throws IOException {
        program("npm", "echo npm error code ENOTCACHED >&2", "exit 1");
        assertThatThrownBy(() -> install(Mode.AUTO, true))
                .isInstanceOf(UserFailure.class)
                .hasMessageContaining("Maven is offline; run 'mvn adapter:go-offline' once with a network")
                .hasMessageContaining("ENOTCACHED");
        assertThat(calls()).containsExactly(NPM_CI + " --offline");
    }

    @Test
    void aMissingLockFileIsReported() throws IOException {
        Files.delete(app.resolve("package-lock.json"));
        install(Mode.AUTO, false);
        assertThat(said.get(0))
                .isEqualTo("There is no lock file in " + app
                        + ", so that versions of packages may differ from build to build; run 'npm install' there and"
                        + " commit the lock file that it writes");
        assertThat(install(Mode.AUTO, false)).isEmpty();
        Files.writeString(app.resolve("package.json"), "{\"scripts\":{}}");
        assertThat(install(Mode.AUTO, false)).isPresent();
    }

    @Test
    void anotherPackageManagerRunsIfItIsInstalled() throws IOException {
        Files.delete(app.resolve("package-lock.json"));
        Files.writeString(app.resolve("pnpm-lock.yaml"), "");
        program("pnpm", "mkdir -p node_modules");
        assertThat(install(Mode.AUTO, false)).contains("pnpm install --frozen-lockfile --prod=false");
        assertThat(calls()).containsExactly("pnpm install --frozen-lockfile --prod=false");
    }

    @Test
    void aPackageManagerWhoseVersionIsAskedForIsFetchedThroughNpm() throws IOException {
        Files.delete(app.resolve("package-lock.json"));
        Files.writeString(app.resolve("package.json"), "{\"packageManager\":\"pnpm@10.4.1\"}");
        Files.writeString(app.resolve("pnpm-lock.yaml"), "");
        program("pnpm", "mkdir -p node_modules");
        install(Mode.AUTO, false);
        assertThat(calls())
                .endsWith("npm exec --yes --package=pnpm@10.4.1 -- pnpm install --frozen-lockfile --prod=false");
    }

    @Test
    void withoutNpmTheErrorSaysWhatToDo() {
        Packages packages = new Packages(
                Mode.AUTO, false, new Programs(temp.resolve("nothing").toString()));
        assertThatThrownBy(() -> packages.install(
                        new App(app),
                        new NodeRuntime(temp.resolve("node"), "test", "24.0.0"),
                        new ProcessLog(said::add, said::add, said::add, false)))
                .isInstanceOf(UserFailure.class)
                .hasMessageContaining("There is no npm on PATH")
                .hasMessageContaining("<install>never</install>");
    }

    @Test
    void theNodeOfTheBuildComesFirstOnThePath() throws IOException {
        Scripts.write(temp.resolve("node"), "node", "echo the build\\'s own node");
        program("npm", "node", "mkdir -p node_modules");
        install(Mode.AUTO, false);
        assertThat(said).contains("the build's own node");
    }

    @Test
    void aProgramOfAnotherMajorVersionIsReplacedWithAMessage() throws IOException {
        Files.delete(app.resolve("package-lock.json"));
        Files.writeString(app.resolve("pnpm-lock.yaml"), "lockfileVersion: '9.0'\n");
        program("pnpm", "[ $1 = --version ] && echo 11.2.0");
        install(Mode.AUTO, false);
        assertThat(said)
                .contains("pnpm 11.2.0 on PATH is not used, since " + app.resolve("pnpm-lock.yaml")
                        + " asks for 10 || 9; npm fetches pnpm@10 || 9");
        assertThat(calls())
                .containsExactly(
                        "pnpm --version",
                        "npm exec --yes --package=pnpm@10 || 9 -- pnpm install --frozen-lockfile --prod=false");
    }

    @Test
    void aProgramOfThePinnedVersionIsUsed() throws IOException {
        Files.delete(app.resolve("package-lock.json"));
        Files.writeString(app.resolve("package.json"), "{\"packageManager\":\"pnpm@10.4.1\"}");
        Files.writeString(app.resolve("pnpm-lock.yaml"), "");
        program("pnpm", "echo a warning >&2; [ $1 = --version ] && echo 10.4.1 || mkdir -p node_modules");
        install(Mode.AUTO, false);
        assertThat(calls()).containsExactly("pnpm --version", "pnpm install --frozen-lockfile --prod=false");
    }

    @Test
    void anInstallWithoutDevelopmentDependenciesIsIncomplete() throws IOException {
        Files.writeString(
                app.resolve("package.json"),
                "{\"dependencies\":{\"tides\":\"1\"},\"devDependencies\":{\"vite\":\"8\"},"
                        + "\"optionalDependencies\":{\"buoys\":\"1\"}}");
        program("npm", "mkdir -p node_modules/tides");
        install(Mode.AUTO, false);
        assertThat(said).anyMatch(line -> line.contains("' left out vite, which " + app + "/package.json names"));
        program("npm", "mkdir -p node_modules/tides node_modules/vite");
        assertThat(install(Mode.AUTO, false)).isPresent();
        assertThat(install(Mode.AUTO, false)).isEmpty();
    }

    @Test
    void aUsersInstallWithoutDevelopmentDependenciesIsRepeated() throws IOException {
        Files.writeString(app.resolve("package.json"), "{\"devDependencies\":{\"vite\":\"8\"}}");
        touch("package-lock.json", NOON);
        touch("node_modules/.package-lock.json", NOON.plusSeconds(5));
        assertThat(install(Mode.AUTO, false)).contains(NPM_CI);
    }

    @Test
    void aWorkspaceIsInstalledIfTheAppsOwnPackagesAreMissing() throws IOException {
        Path root = app;
        Files.delete(root.resolve("package-lock.json"));
        Files.writeString(root.resolve("pnpm-lock.yaml"), "");
        Files.writeString(root.resolve("pnpm-workspace.yaml"), "packages:\n  - web\n");
        touch("pnpm-lock.yaml", NOON);
        touch("node_modules/.modules.yaml", NOON.plusSeconds(5));
        app = Files.createDirectories(root.resolve("web"));
        Files.writeString(app.resolve("package.json"), "{\"devDependencies\":{\"vite\":\"8\"}}");
        program("pnpm", "mkdir -p web/node_modules/vite");
        assertThat(install(Mode.AUTO, false)).isPresent();
        assertThat(install(Mode.AUTO, false)).isEmpty();
    }

    @Test
    void npmsUsageTextIsNotLogged() throws IOException {
        program(
                "npm",
                "echo npm error not in sync >&2",
                "echo npm error Usage: >&2",
                "echo npm error npm ci >&2",
                "echo npm error A complete log of this run can be found in: /logs/1.log >&2",
                "exit 1");
        assertThatThrownBy(() -> install(Mode.AUTO, false)).isInstanceOf(UserFailure.class);
        assertThat(said).contains("npm error not in sync").noneMatch(line -> line.contains("npm error npm ci"));
        assertThat(said).anyMatch(line -> line.contains("A complete log"));
    }
}
