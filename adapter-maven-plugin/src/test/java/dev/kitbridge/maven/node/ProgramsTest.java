package dev.kitbridge.maven.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.maven.process.Scripts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ProgramsTest {

    @TempDir
    Path temp;

    private final NodeRuntime node = new NodeRuntime(Path.of("/opt/node 24/bin/node"), "test");

    @Test
    void theFirstFolderOnThePathWins() throws IOException {
        Path first = Scripts.write(temp.resolve("a"), "tool");
        Scripts.write(temp.resolve("b"), "tool");
        Programs programs =
                new Programs(String.join(File.pathSeparator, "", temp + "/missing", temp + "/a", temp + "/b"));
        assertThat(programs.find("tool")).contains(first);
        assertThat(programs.find("other")).isEmpty();
        assertThat(new Programs("").find("tool")).isEmpty();
    }

    @Test
    void foldersAndFilesThatCannotBeExecutedAreNoPrograms() throws IOException {
        Files.createDirectories(temp.resolve("a/tool"));
        Files.createDirectories(temp.resolve("b"));
        Files.writeString(temp.resolve("b/tool"), "text");
        assertThat(new Programs(temp + "/a" + File.pathSeparator + temp + "/b").find("tool"))
                .isEmpty();
    }

    @Test
    void theNodeComesFirstOnTheChildsPath() {
        assertThat(new Programs("/usr/bin").withFirst(node))
                .isEqualTo(Map.of("PATH", "/opt/node 24/bin" + File.pathSeparator + "/usr/bin"));
    }

    @Test
    void npmIsRunByTheGivenNode() throws IOException {
        Path script = temp.resolve("lib/node_modules/npm/bin/npm-cli.js");
        Files.createDirectories(script.getParent());
        Files.writeString(script, "");
        Path bin = Files.createDirectories(temp.resolve("bin"));
        if (!script.toFile().setExecutable(true)) throw new IOException("not executable");
        Files.createSymbolicLink(bin.resolve("npm"), script);
        assertThat(new Programs(bin.toString()).npm(node))
                .contains(List.of("/opt/node 24/bin/node", script.toRealPath().toString()));
    }

    @Test
    void npmsStartScriptLeadsToTheScriptBesideOrBelowIt() throws IOException {
        Path npm = Scripts.write(temp.resolve("beside"), "npm");
        Path script = npm.resolveSibling("node_modules/npm/bin/npm-cli.js");
        Files.createDirectories(script.getParent());
        Files.writeString(script, "");
        assertThat(new Programs(npm.getParent().toString()).npm(node))
                .contains(List.of("/opt/node 24/bin/node", script.toRealPath().toString()));
    }

    @Test
    void anNpmWithoutAScriptIsStartedDirectly() throws IOException {
        Path npm = Scripts.write(temp.resolve("bin"), "npm");
        assertThat(new Programs(npm.getParent().toString()).npm(node)).contains(List.of(npm.toString()));
        assertThat(new Programs("/nowhere").npm(node)).isEmpty();
    }
}
