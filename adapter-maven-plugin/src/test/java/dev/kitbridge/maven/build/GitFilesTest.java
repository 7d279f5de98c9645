package dev.kitbridge.maven.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.maven.node.Programs;
import dev.kitbridge.maven.process.ChildProcess;
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
class GitFilesTest {

    @TempDir
    Path temp;

    private Path app;

    @BeforeEach
    void make() throws IOException {
        app = temp.resolve("repository/app");
        Files.createDirectories(app.resolve("src/generated"));
        Files.createDirectories(temp.resolve("shared"));
        Files.writeString(app.resolve("package.json"), "{}");
        Files.writeString(app.resolve(".gitignore"), "src/generated\n*.tmp\n");
        Files.writeString(app.resolve("src/app.html"), "");
        Files.writeString(app.resolve("src/generated/words.js"), "");
        Files.createSymbolicLink(app.resolve("src/shared"), temp.resolve("shared"));
    }

    private void git(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        assertThat(new ChildProcess(command, app, Map.of()).run().succeeded()).isTrue();
    }

    private GitFiles of(String... generated) throws IOException {
        return GitFiles.of(app, temp.resolve("scratch"), List.of(generated), Programs.system());
    }

    private static void assertSources(GitFiles versioned) {
        assertThat(versioned.holds("src/app.html")).isTrue();
        assertThat(versioned.holds("src/grüße.js")).as("new, and not ignored").isTrue();
        assertThat(versioned.holds("src/generated/words.js")).isFalse();
        assertThat(versioned.holds("a.tmp")).isFalse();
    }

    @Test
    void inARepositoryGitIgnoresWhatIsGenerated() throws IOException {
        git("init", "--quiet");
        git("add", "src/app.html", "src/shared");
        Files.writeString(app.resolve("src/grüße.js"), "");
        assertSources(of());
        assertThat(of().holds("src/shared/words.js")).as("below a link").isTrue();
        assertThat(of("src/app.html").holds("src/app.html")).as("tracked").isTrue();
        assertThat(of("src/grüße.js").holds("src/grüße.js"))
                .as("written by a build")
                .isFalse();
    }

    @Test
    void withoutARepositoryTheIgnoreFilesCount() throws IOException {
        Files.writeString(app.resolve("src/grüße.js"), "");
        assertSources(of());
        assertSources(of());
    }

    @Test
    void aFolderThatAnotherRepositoryIgnoresIsNotInIt() throws IOException {
        Files.writeString(app.resolveSibling(".gitignore"), "app\n");
        git("init", "--quiet", "..");
        Files.writeString(app.resolve("src/grüße.js"), "");
        assertSources(of());
    }

    @Test
    void withoutGitFilesThatBuildsWroteAreGenerated() throws IOException {
        GitFiles versioned =
                GitFiles.of(app, temp.resolve("scratch"), List.of("src/generated/words.js"), new Programs(""));
        assertThat(versioned.holds("src/app.html")).isTrue();
        assertThat(versioned.holds("src/generated/words.js")).isFalse();
    }
}
