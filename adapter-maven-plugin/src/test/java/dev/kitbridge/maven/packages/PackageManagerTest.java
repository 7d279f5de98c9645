package dev.kitbridge.maven.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.packages.PackageManager.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageManagerTest {

    private static final String MODERN_YARN = "__metadata:\n  version: 8\n";

    @TempDir
    Path root;

    private Path app;

    @BeforeEach
    void app() throws IOException {
        app = Files.createDirectories(root.resolve("apps/web"));
    }

    private void write(Path folder, String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private PackageManager inApp(String packageManager, String lock, String text) throws IOException {
        write(app, "package.json", packageManager.isEmpty() ? "{}" : "{\"packageManager\":\"" + packageManager + "\"}");
        if (!lock.isEmpty()) write(app, lock, text);
        return PackageManager.of(app);
    }

    @ParameterizedTest
    @CsvSource({
        "package-lock.json, NPM",
        "npm-shrinkwrap.json, NPM",
        "pnpm-lock.yaml, PNPM",
        "yarn.lock, YARN",
        "bun.lock, BUN",
        "bun.lockb, BUN"
    })
    void theLockFileDecides(String lock, Kind kind) throws IOException {
        PackageManager manager = inApp("", lock, "");
        assertThat(manager.kind()).isEqualTo(kind);
        assertThat(manager.root()).isEqualTo(app);
        assertThat(manager.lock()).contains(app.resolve(lock));
    }

    @Test
    void withoutALockFilePackageManagerDecides() throws IOException {
        PackageManager manager = inApp("pnpm@10.4.1+sha512.abc", "", "");
        assertThat(manager.kind()).isEqualTo(Kind.PNPM);
        assertThat(manager.version()).isEqualTo("10.4.1");
        assertThat(manager.lock()).isEmpty();
    }

    @Test
    void theDefaultIsNpm() throws IOException {
        assertThat(PackageManager.of(app).kind()).isEqualTo(Kind.NPM);
        assertThat(inApp("cargo@1.0.0", "", "").kind()).isEqualTo(Kind.NPM);
    }

    @Test
    void ofSeveralLockFilesTheOneOfPackageManagerCounts() throws IOException {
        write(app, "package-lock.json", "{}");
        PackageManager manager = inApp("yarn@4.6.0", "yarn.lock", MODERN_YARN);
        assertThat(manager.kind()).isEqualTo(Kind.YARN);
        assertThat(manager.version()).isEqualTo("4.6.0");
    }

    @Test
    void aVersionOfAnotherPackageManagerIsNotTaken() throws IOException {
        assertThat(inApp("yarn@4.6.0", "package-lock.json", "{}").version()).isEmpty();
    }

    @Test
    void theLockFileOfAWorkspaceCounts() throws IOException {
        write(app, "package.json", "{}");
        write(root, "package.json", "{\"workspaces\":[\"apps/*\"]}");
        write(root, "package-lock.json", "{}");
        assertThat(PackageManager.of(app).root()).isEqualTo(root);
    }

    @Test
    void theLockFileOfAPnpmWorkspaceCounts() throws IOException {
        write(app, "package.json", "{}");
        write(root, "pnpm-workspace.yaml", "packages: [apps/*]");
        write(root, "pnpm-lock.yaml", "");
        PackageManager manager = PackageManager.of(app);
        assertThat(manager.kind()).isEqualTo(Kind.PNPM);
        assertThat(manager.root()).isEqualTo(root);
        assertThat(manager.lock()).contains(root.resolve("pnpm-lock.yaml"));
    }

    @Test
    void theAppsOwnLockFileComesBeforeTheWorkspaces() throws IOException {
        write(root, "package.json", "{\"workspaces\":[\"apps/*\"]}");
        write(root, "package-lock.json", "{}");
        assertThat(inApp("", "bun.lock", "").root()).isEqualTo(app);
    }

    @Test
    void aLockFileAboveThatIsNoWorkspacesDoesNotCount() throws IOException {
        write(root, "package.json", "{}");
        write(root, "package-lock.json", "{}");
        write(app, "package.json", "{}");
        assertThat(PackageManager.of(app).lock()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "package-lock.json, false, npm ci --no-audit --no-fund --include=dev --include=optional --include=peer",
        "package-lock.json, true, npm ci --no-audit --no-fund --include=dev --include=optional --include=peer --offline",
        "pnpm-lock.yaml, false, pnpm install --frozen-lockfile --prod=false",
        "pnpm-lock.yaml, true, pnpm install --frozen-lockfile --prod=false --offline",
        "yarn.lock, false, yarn install --frozen-lockfile --non-interactive --production=false",
        "yarn.lock, true, yarn install --frozen-lockfile --non-interactive --production=false --offline",
        "bun.lock, false, bun install --frozen-lockfile",
        "bun.lock, true, bun install --frozen-lockfile"
    })
    void aLockFileMeansTheFrozenForm(String lock, boolean offline, String command) throws IOException {
        assertThat(inApp("", lock, "").commandLine(offline)).isEqualTo(command);
    }

    @ParameterizedTest
    @CsvSource({
        "npm@11.0.0, npm install --no-package-lock --no-audit --no-fund --include=dev --include=optional --include=peer",
        "pnpm@10.0.0, pnpm install --no-lockfile --prod=false",
        "yarn@1.22.22, yarn install --no-lockfile --non-interactive --production=false",
        "yarn@4.6.0, yarn install --immutable",
        "bun@1.2.0, bun install --no-save"
    })
    void withoutALockFileNoneIsWritten(String packageManager, String command) throws IOException {
        assertThat(inApp(packageManager, "", "").commandLine(false)).isEqualTo(command);
    }

    @Test
    void modernYarnIsToldByItsLockFile() throws IOException {
        PackageManager manager = inApp("", "yarn.lock", MODERN_YARN);
        assertThat(manager.commandLine(true)).isEqualTo("yarn install --immutable");
        assertThat(manager.npmPackage()).isEqualTo("@yarnpkg/cli-dist@4");
    }

    @ParameterizedTest
    @CsvSource({
        "pnpm@10.4.1+sha512.abc, pnpm@10.4.1",
        "yarn@4.6.0, @yarnpkg/cli-dist@4.6.0",
        "yarn@1.22.22, yarn@1.22.22"
    })
    void thePackageToFetchHasTheVersionThatIsAskedFor(String packageManager, String npmPackage) throws IOException {
        assertThat(inApp(packageManager, "", "").npmPackage()).isEqualTo(npmPackage);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "pnpm-lock.yaml ~ lockfileVersion: 5.4                      ~ pnpm@7",
                "pnpm-lock.yaml ~ lockfileVersion: '6.0'                    ~ pnpm@8",
                "pnpm-lock.yaml ~ lockfileVersion: '6.1'                    ~ pnpm@8",
                "pnpm-lock.yaml ~ lockfileVersion: '9.0'                    ~ pnpm@10 || 9",
                "pnpm-lock.yaml ~ lockfileVersion: '12.0'                   ~ pnpm@latest",
                "yarn.lock      ~ # yarn lockfile v1                        ~ yarn@1",
                "yarn.lock      ~ __metadata:;  version: 4                  ~ @yarnpkg/cli-dist@2",
                "yarn.lock      ~ # generated;;__metadata:;  version: 6     ~ @yarnpkg/cli-dist@3",
                "yarn.lock      ~ __metadata:;  version: 8;  cacheKey: 10c0 ~ @yarnpkg/cli-dist@4",
                "yarn.lock      ~ __metadata:;  version: 10                 ~ @yarnpkg/cli-dist@4",
                "bun.lock       ~ {                                         ~ bun@1",
                "bun.lockb      ~ #!/usr/bin/env bun                        ~ bun@1"
            })
    void theLockFilesFormatMeansAVersion(String lock, String text, String npmPackage) throws IOException {
        assertThat(inApp("", lock, text.replace(';', '\n')).npmPackage()).isEqualTo(npmPackage);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"devEngines\":{\"packageManager\":{\"name\":\"pnpm\",\"version\":\"^9.4\"}}}', pnpm@^9.4",
        "'{\"devEngines\":{\"packageManager\":[{\"name\":\"x\"},{\"name\":\"pnpm\",\"version\":\"9\"}]}}', pnpm@9",
        "'{\"packageManager\":\"pnpm@9.1.0\",\"engines\":{\"pnpm\":\"10\"}}', pnpm@9.1.0",
        "'{\"engines\":{\"pnpm\":\"^9\"}}', pnpm@9",
        "'{\"engines\":{\"pnpm\":\">=9\"}}', pnpm@10 || 9",
        "'{\"engines\":{\"pnpm\":\"11\"}}', pnpm@11"
    })
    void packageJsonNarrowsTheVersion(String json, String npmPackage) throws IOException {
        write(app, "package.json", json);
        write(app, "pnpm-lock.yaml", "lockfileVersion: '9.0'");
        assertThat(PackageManager.of(app).npmPackage()).isEqualTo(npmPackage);
    }

    @ParameterizedTest
    @CsvSource({
        "pnpm-lock.yaml, '', 10.34.9, true",
        "pnpm-lock.yaml, '', 9.15.9, true",
        "pnpm-lock.yaml, '', 11.0.0, false",
        "pnpm-lock.yaml, pnpm@10.4.1, 10.4.1, true",
        "pnpm-lock.yaml, pnpm@10.4.1, 10.4.2, false",
        "package-lock.json, '', 6.0.0, true",
        "package-lock.json, npm@10.9.2, 10.8.0, true",
        "package-lock.json, npm@10.9.2, 11.0.0, false"
    })
    void aProgramOfAnotherMajorIsNotAccepted(String lock, String named, String found, boolean accepted)
            throws IOException {
        assertThat(inApp(named, lock, "lockfileVersion: '9.0'").accepts(found)).isEqualTo(accepted);
    }

    @Test
    void anAppBelowAWorkspaceThatDoesNotListItIsInstalledSeparately() throws IOException {
        write(root, "package.json", "{\"workspaces\":[\"packages/*\"]}");
        write(root, "package-lock.json", "{}");
        write(app, "package.json", "{}");
        PackageManager manager = PackageManager.of(app);
        assertThat(manager.root()).isEqualTo(app);
        assertThat(manager.written()).isEqualTo(app);
        assertThat(manager.lock()).isEmpty();
    }

    @Test
    void pnpmIsKeptOutOfAWorkspaceThatDoesNotListTheApp() throws IOException {
        write(root, "pnpm-workspace.yaml", "packages:\n  - packages/*\n");
        write(root, "pnpm-lock.yaml", "lockfileVersion: '9.0'");
        assertThat(inApp("pnpm@10.4.1", "", "").commandLine(false))
                .isEqualTo("pnpm install --no-lockfile --prod=false --ignore-workspace");
        write(root, "pnpm-workspace.yaml", "packages: ['apps/*']");
        assertThat(inApp("", "pnpm-lock.yaml", "").commandLine(false))
                .isEqualTo("pnpm install --frozen-lockfile --prod=false");
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', true",
        "nodeLinker: pnp, '', true",
        "'nodeLinker: \"pnp\"', '', true",
        "nodeLinker: node-modules, '', false",
        "nodeLinker: pnpm, '', false",
        "'', node-modules, false",
        "nodeLinker: node-modules, pnp, true"
    })
    void plugAndPlayIsRefused(String settings, String variable, boolean refused) throws IOException {
        write(root, ".yarnrc.yml", settings);
        PackageManager manager = inApp("", "yarn.lock", MODERN_YARN);
        Map<String, String> environment = variable.isEmpty() ? Map.of() : Map.of("YARN_NODE_LINKER", variable);
        if (!refused) {
            assertThatCode(() -> manager.refusePlugAndPlay(environment)).doesNotThrowAnyException();
            return;
        }
        assertThatThrownBy(() -> manager.refusePlugAndPlay(environment))
                .isInstanceOf(UserFailure.class)
                .hasMessageContaining("Plug'n'Play")
                .hasMessageContaining("add the line 'nodeLinker: node-modules' to " + app.resolve(".yarnrc.yml"))
                .hasMessageEndingWith("Nothing was installed");
    }

    @Test
    void yarnOneHasNoPlugAndPlay() throws IOException {
        inApp("", "yarn.lock", "# yarn lockfile v1").refusePlugAndPlay(Map.of());
    }

    @ParameterizedTest
    @CsvSource({"npm@11.0.0, npm install -D vite", "yarn@4.6.0, yarn add -D vite", "bun@1.2.0, bun add -D vite"})
    void adviceNamesThePackageManager(String named, String command) throws IOException {
        assertThat(inApp(named, "", "").addCommand("vite")).isEqualTo(command);
    }
}
