package dev.kitbridge.maven.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.AdapterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFoldersTest {

    @TempDir
    Path temp;

    private Path module;
    private Path outside;
    private OutputFolders folders;

    @BeforeEach
    void module() throws IOException {
        Path root = temp.toRealPath();
        module = root.resolve("module");
        outside = root.resolve("outside");
        write("module/src/routes/+page.svelte");
        write("module/target/classes/App.class");
        write("module/target/adapters/static/old/page.html");
        write("outside/precious.txt");
        folders = new OutputFolders(module, module.resolve("target"), List.of(module.resolve("target/classes")));
    }

    private void write(String file) throws IOException {
        Path path = temp.toRealPath().resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "content");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(temp.toRealPath())) {
            return all.filter(Files::isRegularFile)
                    .map(file -> temp.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aFolderIsEmptiedButNotDeleted() throws IOException {
        Path cleared = folders.clear(Path.of("target/adapters/static"));
        assertThat(cleared).isEqualTo(module.resolve("target/adapters/static")).isEmptyDirectory();
    }

    @Test
    void aMissingFolderIsMade() throws IOException {
        assertThat(folders.clear(Path.of("target/a/b"))).isEmptyDirectory();
    }

    @Test
    void absoluteAndIndirectPathsAreResolved() throws IOException {
        assertThat(folders.clear(module.resolve("src/../target/x"))).isEqualTo(module.resolve("target/x"));
        assertThat(folders.writable(Path.of("target/x/page.html"))).isEqualTo(module.resolve("target/x/page.html"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "src",
                "src/routes",
                "target",
                "target/..",
                "target/../src",
                "../outside",
                "../module/target",
                "/",
                "target2"
            })
    void aPathOutsideTheOutputFolderIsRejected(String path) throws IOException {
        List<String> before = files();
        assertThatThrownBy(() -> folders.clear(Path.of(path)))
                .isInstanceOf(AdapterException.class)
                .hasMessageStartingWith("The output '" + path + "' is ")
                .hasMessageMatching(
                        "(?s).*(is not below the module's output folder|is the module's output folder itself).*")
                .hasMessageContaining("target/adapters/site for example")
                .hasMessageEndingWith("Nothing was written or deleted.");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void theModulesClassesAreNotEmptied() throws IOException {
        List<String> before = files();
        assertThatThrownBy(() -> folders.clear(Path.of("target/classes")))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("to which other plugins of the module write");
        assertThat(files()).isEqualTo(before);
        assertThat(folders.writable(Path.of("target/classes/META-INF/resources/x")))
                .isEqualTo(module.resolve("target/classes/META-INF/resources/x"));
    }

    @Test
    void aFolderThatContainsTheClassesIsNotEmptied() throws IOException {
        OutputFolders deep =
                new OutputFolders(module, module.resolve("target"), List.of(module.resolve("target/out/classes")));
        write("module/target/out/classes/App.class");
        List<String> before = files();
        assertThatThrownBy(() -> deep.clear(Path.of("target/out"))).isInstanceOf(AdapterException.class);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aFileIsNotTakenForAFolder() throws IOException {
        write("module/target/site");
        assertThatThrownBy(() -> folders.clear(Path.of("target/site")))
                .isInstanceOf(AdapterException.class)
                .hasMessageStartingWith("The output folder 'target/site' is a file; ");
        assertThat(module.resolve("target/site")).hasContent("content");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkOutOfTheFolderIsRejected() throws IOException {
        Files.createSymbolicLink(module.resolve("target/link"), outside);
        List<String> before = files();
        for (String path : List.of("target/link", "target/link/deeper", "target/link/new/deeper")) {
            assertThatThrownBy(() -> folders.clear(Path.of(path)))
                    .isInstanceOf(AdapterException.class)
                    .hasMessageContaining("not below the module's output folder");
        }
        assertThat(files()).isEqualTo(before);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkWithoutATargetIsRejected() throws IOException {
        Files.createSymbolicLink(module.resolve("target/link"), outside.resolve("not yet"));
        for (String path : List.of("target/link", "target/link/page.html")) {
            assertThatThrownBy(() -> folders.writable(Path.of(path)))
                    .isInstanceOf(AdapterException.class)
                    .hasMessageContaining("contains the link " + module.resolve("target/link"));
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void linksInAFolderAreDeletedAndNotFollowed() throws IOException {
        Files.createSymbolicLink(module.resolve("target/adapters/static/link"), outside);
        Path cleared = folders.clear(Path.of("target/adapters/static"));
        assertThat(cleared).isEmptyDirectory();
        assertThat(outside.resolve("precious.txt")).exists();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void anOutputFolderThatIsALinkItselfIsAccepted() throws IOException {
        Path elsewhere = Files.createDirectories(outside.resolveSibling("fast disk"));
        OutputFolders linked = new OutputFolders(module, module.resolve("out"), List.of());
        Files.createSymbolicLink(module.resolve("out"), elsewhere);
        linked.clear(Path.of("out/site"));
        assertThat(elsewhere.resolve("site")).isEmptyDirectory();
    }
}
