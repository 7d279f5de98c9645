package dev.kitbridge.maven.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.maven.failure.UserFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppTest {

    @TempDir
    Path temp;

    private final List<String> warnings = new ArrayList<>();

    private Path module;

    @BeforeEach
    void realPath() throws IOException {
        module = Files.createDirectories(temp.toRealPath().resolve("a module"));
    }

    private Path write(String file, String text) throws IOException {
        Path path = module.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"vite.config.js", "vite.config.ts", "vite.config.mjs", "vite.config.cts", "svelte.config.js"})
    void theModuleItselfIsTheAppIfItHasAConfig(String config) throws IOException {
        write(config, "");
        write("frontend/vite.config.js", "");
        assertThat(App.find(null, module).directory()).isEqualTo(module);
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main/svelte", "src/main/frontend", "src/main/webapp", "frontend"})
    void theAppIsFoundInTheUsualPlaces(String place) throws IOException {
        write(place + "/vite.config.ts", "");
        assertThat(App.find(null, module).directory()).isEqualTo(module.resolve(place));
    }

    @Test
    void anEarlierPlaceWins() throws IOException {
        write("frontend/vite.config.ts", "");
        write("src/main/svelte/svelte.config.js", "");
        assertThat(App.find(null, module).directory()).isEqualTo(module.resolve("src/main/svelte"));
    }

    @Test
    void theConfiguredFolderWins() throws IOException {
        write("vite.config.js", "");
        write("web/vite.config.js", "");
        assertThat(App.find(module.resolve("web"), module).directory()).isEqualTo(module.resolve("web"));
    }

    @Test
    void aConfiguredFolderWithoutAnAppIsRejected() throws IOException {
        write("vite.config.js", "");
        Path empty = Files.createDirectories(module.resolve("empty"));
        assertThatThrownBy(() -> App.find(empty, module))
                .isInstanceOf(UserFailure.class)
                .hasMessage("No SvelteKit app in <appDirectory> " + empty
                        + ": the folder has neither a vite.config.* nor a svelte.config.*; set it to the folder that"
                        + " holds the app's vite.config");
        assertThatThrownBy(() -> App.find(module.resolve("missing"), module))
                .isInstanceOf(UserFailure.class)
                .hasMessageContaining("missing: there is no such folder; ");
    }

    @Test
    void aModuleWithoutAnAppIsReportedWithTheSearchedFolders() {
        assertThatThrownBy(() -> App.find(null, module))
                .isInstanceOf(UserFailure.class)
                .hasMessageContaining(module.toString())
                .hasMessageContaining("src/main/svelte, src/main/frontend, src/main/webapp, frontend")
                .hasMessageContaining("<appDirectory>");
    }

    @Test
    void packagesAreFoundInFoldersAbove() throws IOException {
        write("node_modules/vite/package.json", "{\"version\":\"8.0.0\",\"engines\":{\"node\":\">=20\"}}");
        write("apps/web/node_modules/svelte/package.json", "{\"version\":\"5.0.0\"}");
        App app = new App(module.resolve("apps/web"));
        assertThat(app.installed("vite")).contains(new App.InstalledPackage("8.0.0", ">=20"));
        assertThat(app.installed("svelte")).contains(new App.InstalledPackage("5.0.0", ""));
        assertThat(app.installed("@sveltejs/kit")).isEmpty();
    }

    @Test
    void aFileThatIsNotJsonIsNamed() throws IOException {
        Path file = write("package.json", "{ name: ");
        assertThatThrownBy(() -> new App(module).packageJson())
                .isInstanceOf(UserFailure.class)
                .hasMessageStartingWith(file + " is not JSON: ");
    }

    @Test
    void aMissingPackageJsonIsNamed() {
        assertThatThrownBy(() -> new App(module).packageJson())
                .isInstanceOf(UserFailure.class)
                .hasMessage(module.resolve("package.json") + " does not exist; a SvelteKit app has one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.62.0", "2.70.4", "3.0.0-next.5", "3.0.0", "3.2.0", "3.99.1"})
    void supportedVersionsOfKitAreAccepted(String version) throws IOException {
        write("node_modules/@sveltejs/kit/package.json", "{\"version\":\"" + version + "\"}");
        assertThat(kit(false).version()).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.30.4", "2.61.9"})
    void olderVersionsOfKitAreRefusedWithTheOneToInstall(String version) throws IOException {
        write("node_modules/@sveltejs/kit/package.json", "{\"version\":\"" + version + "\"}");
        assertThatThrownBy(() -> kit(false))
                .isInstanceOf(UserFailure.class)
                .hasMessageStartingWith(
                        "SvelteKit " + version + " in " + module + " is not supported: expected >=2.62.0 <4.0.0")
                .hasMessageContaining("install a newer one with 'pnpm add -D @sveltejs/kit@^2.62.0'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.0.0-next.1", "4.0.0"})
    void newerVersionsOfKitAskForANewerPluginAnOlderKitOrTheUsersConsent(String version) throws IOException {
        write("node_modules/@sveltejs/kit/package.json", "{\"version\":\"" + version + "\"}");
        assertThatThrownBy(() -> kit(false))
                .isInstanceOf(UserFailure.class)
                .hasMessage("SvelteKit " + version + " in " + module + " is not supported: expected >=2.62.0 <4.0.0,"
                        + " tested with " + Kit.TESTED + "; look for a newer version of"
                        + " dev.kitbridge:adapter-maven-plugin, or install an older one with"
                        + " 'pnpm add -D @sveltejs/kit@^3.0.0'; to try this one all the same, run Maven with"
                        + " -Dadapter.anySvelteKit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.61.9", "4.0.0"})
    void anyVersionOfKitIsAcceptedWithAWarningIfTheUserConsents(String version) throws IOException {
        write("node_modules/@sveltejs/kit/package.json", "{\"version\":\"" + version + "\"}");
        assertThat(kit(true).version()).isEqualTo(version);
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("SvelteKit " + version + " in ")
                .contains("expected >=2.62.0 <4.0.0", "untested");
    }

    private App.InstalledPackage kit(boolean any) throws IOException {
        return Kit.of(new App(module), spec -> "pnpm add -D " + spec, any, warnings::add);
    }

    @Test
    void anAppWithoutKitIsReported() {
        assertThatThrownBy(() -> kit(false))
                .isInstanceOf(UserFailure.class)
                .hasMessageStartingWith("@sveltejs/kit is not installed in " + module);
    }
}
