package dev.kitbridge.maven.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.maven.packages.PackageManager.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
    void withoutAnythingItIsNpm() throws IOException {
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
        assertThat(PackageManager.of(app))
                .isEqualTo(new PackageManager(Kind.PNPM, "", root, Optional.of(root.resolve("pnpm-lock.yaml"))));
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
        "package-lock.json, false, npm ci --no-audit --no-fund",
        "package-lock.json, true, npm ci --no-audit --no-fund --offline",
        "pnpm-lock.yaml, false, pnpm install --frozen-lockfile",
        "pnpm-lock.yaml, true, pnpm install --frozen-lockfile --offline",
        "yarn.lock, false, yarn install --frozen-lockfile --non-interactive",
        "yarn.lock, true, yarn install --frozen-lockfile --non-interactive --offline",
        "bun.lock, false, bun install --frozen-lockfile",
        "bun.lock, true, bun install --frozen-lockfile"
    })
    void aLockFileMeansTheFrozenForm(String lock, boolean offline, String command) throws IOException {
        assertThat(inApp("", lock, "").commandLine(offline)).isEqualTo(command);
    }

    @ParameterizedTest
    @CsvSource({
        "npm@11.0.0, npm install --no-package-lock --no-audit --no-fund",
        "pnpm@10.0.0, pnpm install --no-lockfile",
        "yarn@1.22.22, yarn install --no-lockfile --non-interactive",
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
        assertThat(manager.npmPackage()).isEqualTo("@yarnpkg/cli-dist@latest");
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

    @Test
    void aPackageManagerWithoutAVersionIsTheNewest() throws IOException {
        assertThat(inApp("", "pnpm-lock.yaml", "").npmPackage()).isEqualTo("pnpm@latest");
        Files.delete(app.resolve("pnpm-lock.yaml"));
        assertThat(inApp("", "yarn.lock", "# yarn lockfile v1").npmPackage()).isEqualTo("yarn@1");
    }
}
