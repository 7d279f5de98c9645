package dev.kitbridge.maven.vite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.maven.app.App;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {

    @TempDir
    Path temp;

    private void write(String name, String text) throws IOException {
        Path file = temp.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** The app is the module itself. */
    private Sources read(String... known) throws IOException {
        return Sources.read(Sources.Place.of(new App(temp), temp, temp.resolve("target")), List.of(known));
    }

    @Test
    void packagesOutputAndJavaAreNoSources() throws IOException {
        for (String file : List.of(
                "vite.config.js",
                "src/routes/+page.svelte",
                "src/lib/target/deep.js",
                "src/build/part.js",
                "static/dist/logo.svg",
                "static/.well-known/security.txt",
                ".env",
                ".env.production",
                "package.json",
                "node_modules/vite/index.js",
                "src/lib/node_modules/own.js",
                ".git/HEAD",
                ".svelte-kit/output/client/x.js",
                ".idea/workspace.xml",
                "target/adapters/static/index.html",
                "build/index.js",
                "dist/index.js",
                "src/main/java/App.java",
                "src/test/java/AppTest.java",
                "src/it/project/pom.xml",
                "pom.xml",
                "npm-debug.log")) {
            write(file, "x");
        }
        assertThat(read().digests())
                .containsOnlyKeys(
                        "vite.config.js",
                        "src/routes/+page.svelte",
                        "src/lib/target/deep.js",
                        "src/build/part.js",
                        "static/dist/logo.svg",
                        "static/.well-known/security.txt",
                        ".env",
                        ".env.production",
                        "package.json");
    }

    @Test
    void inAnAppOfItsOwnFolderNothingIsJava() throws IOException {
        write("frontend/src/main/part.js", "x");
        write("pom.xml", "x");
        Sources sources = Sources.read(
                Sources.Place.of(new App(temp.resolve("frontend")), temp, temp.resolve("target")), List.of());
        assertThat(sources.digests()).containsOnlyKeys("src/main/part.js");
    }

    @Test
    void filesThatTheLastBuildReadElsewhereCount() throws IOException {
        Path outside = Files.writeString(temp.resolveSibling(temp.getFileName() + "-shared.js"), "one");
        try {
            write("src/main/resources/words.json", "{}");
            Sources before = read(outside.toString(), "src/main/resources/words.json", "gone.js");
            assertThat(before.digests())
                    .containsOnlyKeys(outside.toString(), "src/main/resources/words.json", "gone.js");
            assertThat(before.digests()).containsEntry("gone.js", "missing");
            Files.writeString(outside, "two");
            Sources after = read(outside.toString(), "src/main/resources/words.json", "gone.js");
            assertThat(after.digests()).isNotEqualTo(before.digests());
            assertThat(after.contentDigest()).isEqualTo(before.contentDigest());
        } finally {
            Files.delete(outside);
        }
    }

    @Test
    void variablesCountByTheirPrefixOrIfTheSourcesNameThem() throws IOException {
        write("vite.config.js", "process.env.API_ORIGIN ?? lower_case ?? AB");
        Map<String, String> all = Map.of(
                "API_ORIGIN", "a", "VITE_X", "b", "PUBLIC_Y", "c", "HOME_OFFICE", "d", "lower_case", "e", "AB", "f");
        assertThat(read().environment(all)).isEqualTo(Map.of("API_ORIGIN", "a", "VITE_X", "b", "PUBLIC_Y", "c"));
    }

    @Test
    void theContentIsTheSameWhateverTheSettingsOfTheMachine() throws IOException {
        write("src/app.html", "x");
        write(".env.local", "SECRET=1");
        String before = read().contentDigest();
        write(".env.local", "SECRET=2");
        assertThat(read().contentDigest()).isEqualTo(before);
        write("src/app.html", "y");
        assertThat(read().contentDigest()).isNotEqualTo(before);
    }
}
