package dev.kitbridge.maven.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.maven.failure.UserFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WantedVersionTest {

    @TempDir
    Path app;

    /** Marks the test's folder as a repository, so that parent folders are not searched. */
    @BeforeEach
    void repository() throws IOException {
        Files.createDirectories(app.resolve(".git"));
    }

    private Path write(String name, String text) throws IOException {
        Path file = app.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"24", "24.21.0", "^22.17 || >=24", "24.x", ">=22.17.0 <25", "22 - 24", "*"})
    void aVersionOrARangeIsUsedUnchanged(String version) throws IOException {
        assertThat(WantedVersion.of(version, app)).isEqualTo(new WantedVersion(version, "<nodeVersion>" + version));
    }

    @Test
    void aLeadingVIsNoPartOfTheVersion() throws IOException {
        assertThat(WantedVersion.of("v24.21.0", app).range()).isEqualTo("24.21.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lts/*", "lts/jod", "node", "latest", "24; rm -rf", "--help", "file:../x", "@evil/node"})
    void anInvalidVersionIsRejected(String version) {
        assertThatThrownBy(() -> WantedVersion.of(version, app))
                .isInstanceOf(UserFailure.class)
                .hasMessageContaining("'" + version + "' in <nodeVersion>")
                .hasMessageContaining("expected a version or a range such as 24, 24.21.0 or ^22.17");
    }

    @Test
    void autoReadsNvmrcWithItsCommentsAndBlankLines() throws IOException {
        Path file = write(".nvmrc", "# what we run\n\n  v22.17.1  # since May\n24\n");
        assertThat(WantedVersion.of("auto", app)).isEqualTo(new WantedVersion("22.17.1", file.toString()));
    }

    @Test
    void autoReadsNodeVersion() throws IOException {
        Path file = write(".node-version", "24.1\n");
        assertThat(WantedVersion.of("auto", app)).isEqualTo(new WantedVersion("24.1", file.toString()));
    }

    @Test
    void autoReadsDevEngines() throws IOException {
        Path file = write(
                "package.json",
                "{\"devEngines\":{\"runtime\":{\"name\":\"node\",\"version\":\"^24\"}},\"engines\":{\"node\":\">=20\"}}");
        assertThat(WantedVersion.of("auto", app)).isEqualTo(new WantedVersion("^24", file + " (devEngines.runtime)"));
    }

    @Test
    void autoReadsNodeOutOfSeveralDevEngines() throws IOException {
        write(
                "package.json",
                "{\"devEngines\":{\"runtime\":[{\"name\":\"bun\",\"version\":\"1\"},{\"name\":\"node\"},"
                        + "{\"name\":\"node\",\"version\":\"24.2\"}]}}");
        assertThat(WantedVersion.of("auto", app).range()).isEqualTo("24.2");
    }

    @Test
    void autoReadsEngines() throws IOException {
        Path file = write("package.json", "{\"engines\":{\"node\":\">=22.17\"}}");
        assertThat(WantedVersion.of("auto", app)).isEqualTo(new WantedVersion(">=22.17", file + " (engines.node)"));
    }

    @Test
    void autoPrefersTheVersionFiles() throws IOException {
        write("package.json", "{\"engines\":{\"node\":\">=20\"}}");
        write(".node-version", "22");
        write(".nvmrc", "24");
        assertThat(WantedVersion.of("auto", app).range()).isEqualTo("24");
    }

    @Test
    void autoLooksInFoldersAboveUpToTheRepository() throws IOException {
        write(".nvmrc", "24");
        Path inner = Files.createDirectories(app.resolve("apps/web"));
        assertThat(WantedVersion.of("auto", inner).range()).isEqualTo("24");
        Files.createDirectories(inner.resolve(".git"));
        assertThatThrownBy(() -> WantedVersion.of("auto", inner)).isInstanceOf(UserFailure.class);
    }

    @Test
    void autoRejectsAVersionThatCannotBeFetched() throws IOException {
        Path file = write(".nvmrc", "lts/*\n");
        assertThatThrownBy(() -> WantedVersion.of("auto", app))
                .isInstanceOf(UserFailure.class)
                .hasMessageStartingWith("'lts/*' in " + file + " is not a version of Node that can be fetched");
    }

    @Test
    void autoWithoutAFileNamesTheSearchedFolders() {
        assertThatThrownBy(() -> WantedVersion.of("auto", app))
                .isInstanceOf(UserFailure.class)
                .hasMessageContaining("no .nvmrc, no .node-version")
                .hasMessageContaining("<nodeVersion>24</nodeVersion>");
    }

    @Test
    void aBrokenPackageJsonIsNamed() throws IOException {
        Path file = write("package.json", "{ name");
        assertThatThrownBy(() -> WantedVersion.of("auto", app))
                .isInstanceOf(UserFailure.class)
                .hasMessageStartingWith(file + " is not JSON");
    }

    @Test
    void anAdapterAsksForAVersionOrARange() {
        for (String exact : List.of("24.21.0", "1.4.5-canary.2")) {
            assertThat(WantedVersion.ofAdapter("Bun", exact).isExact()).isTrue();
        }
        for (String range : List.of("24", "^24.1.0", "*", "1.x", "^22.17 || >=24")) {
            assertThat(WantedVersion.ofAdapter("Node", range).isExact()).isFalse();
        }
        for (String text : List.of("latest", "", "1.4.5 & calc", "file:../bun")) {
            assertThatThrownBy(() -> WantedVersion.ofAdapter("Bun", text))
                    .isInstanceOf(UserFailure.class)
                    .hasMessage("'" + text + "' is not a version of Bun that can be fetched; expected a version such as"
                            + " 24.21.0, or a range such as ^24.1");
        }
    }
}
