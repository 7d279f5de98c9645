package dev.kitbridge.maven.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.JavaScriptAdapter;
import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.Programs;
import dev.kitbridge.maven.process.ProcessLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterPackageTest {

    private static final ProcessLog LOG = new ProcessLog(line -> {}, line -> {}, line -> {}, false);

    @TempDir
    Path temp;

    private App app;

    @BeforeEach
    void createApp() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("app"));
        app = new App(folder.toRealPath());
    }

    @Test
    void thePackageOfTheAppOrOfAFolderAboveIsUsed() throws IOException {
        write("node_modules/ferry/package.json", "{\"version\": \"1.4.0\"}");
        AdapterPackage.Ready ready = prepare("^1.2.0", "3.2.0");
        assertThat(ready.version()).isEqualTo("1.4.0");
        assertThat(ready.fetched()).isFalse();
        assertThat(ready.entry()).hasContent("export * as module from 'ferry';\n");
        assertThat(prepare(null, "3.2.0").version()).isEqualTo("1.4.0");

        write("app/node_modules/ferry/package.json", "{\"version\": \"1.5.0\"}");
        assertThat(prepare(null, "3.2.0").version()).isEqualTo("1.5.0");
    }

    @Test
    void theStampChangesWithAFileOfThePackage() throws IOException {
        write("app/node_modules/ferry/package.json", "{\"version\": \"1.4.0\"}");
        write("app/node_modules/ferry/index.js", "export default 1;");
        String before = prepare(null, "3.2.0").stamp();
        assertThat(prepare(null, "3.2.0").stamp()).isEqualTo(before);
        write("app/node_modules/ferry/index.js", "export default 22;");
        assertThat(prepare(null, "3.2.0").stamp()).isNotEqualTo(before);
    }

    @Test
    void withoutAVersionAPackageHasToBeInstalled() {
        assertThatThrownBy(() -> prepare(null, "3.2.0"))
                .isInstanceOf(UserFailure.class)
                .hasMessage(
                        "Adapter 'edge': ferry is not installed in " + app.directory() + ", and <version> is missing;"
                                + " set <version> to the one to install beside the app ('npm view ferry version' prints the"
                                + " newest)");
        assertThatThrownBy(() -> adapter(null).lock(npm(), LOG)).hasMessageContaining("ferry has no <version>");
    }

    @Test
    void anotherSvelteKitThanThePackageIsForIsAnError() throws IOException {
        write(
                "app/node_modules/ferry/package.json",
                "{\"version\": \"1.4.0\", \"peerDependencies\": {\"@sveltejs/kit\": \"^3.0.0-next.0\"}}");
        assertThat(prepare(null, "3.2.0").version()).isEqualTo("1.4.0");
        assertThatThrownBy(() -> prepare(null, "2.70.4"))
                .isInstanceOf(UserFailure.class)
                .hasMessage("Adapter 'edge': ferry 1.4.0 is for SvelteKit ^3.0.0-next.0, and the app has SvelteKit"
                        + " 2.70.4; set <version> to one that is for it ('npm view ferry versions' lists all), or use"
                        + " another adapter");
    }

    @Test
    void aLockFileOfAnotherVersionIsAnError() throws IOException {
        write("src/main/npm/edge-lock.json", "{\"packages\": {\"node_modules/ferry\": {\"version\": \"1.0.0\"}}}");
        assertThatThrownBy(() -> prepare("^2.0.0", "3.2.0"))
                .isInstanceOf(UserFailure.class)
                .hasMessageContaining("edge-lock.json holds ferry 1.0.0, and the POM asks for ferry@^2.0.0; run 'mvn"
                        + " adapter:lock' and commit the file");
        write("src/main/npm/edge-lock.json", "{\"packages\": {}}");
        assertThatThrownBy(() -> prepare("^2.0.0", "3.2.0")).hasMessageContaining("edge-lock.json holds no ferry, and");
    }

    @Test
    void thePackageOfTheAppNeedsNoLockFile() throws IOException {
        write("app/node_modules/ferry/package.json", "{\"version\": \"1.4.0\"}");
        assertThat(adapter("1.4.0").lock(npm(), LOG)).isNull();
    }

    private AdapterPackage.Ready prepare(@Nullable String version, String kit) throws IOException {
        return adapter(version).prepare(kit, npm(), LOG);
    }

    private AdapterPackage adapter(@Nullable String version) {
        return new AdapterPackage(app, temp, "edge", new JavaScriptAdapter("ferry", version, Map.of()));
    }

    /** There is no npm on this search path. */
    private NpmCommand npm() {
        return new NpmCommand(new Programs(temp.toString()), new NodeRuntime(temp.resolve("node"), "test"), false);
    }

    private void write(String name, String text) throws IOException {
        Path file = temp.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }
}
