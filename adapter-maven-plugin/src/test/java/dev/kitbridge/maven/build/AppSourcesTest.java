package dev.kitbridge.maven.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.maven.app.App;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AppSourcesTest {

    @TempDir
    Path temp;

    private void write(String name, String text) throws IOException {
        Path file = temp.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private AppSources.Layout layout(String app, String outDir) throws IOException {
        return AppSources.Layout.of(new App(temp.resolve(app)), temp.resolve("target"), outDir);
    }

    private AppSources read() throws IOException {
        return AppSources.read(layout("", ".svelte-kit"));
    }

    @Test
    void packagesOutputAndJavaAreNoSources() throws IOException {
        List<String> sources = List.of(
                "vite.config.js",
                "src/routes/+page.svelte",
                "src/lib/target/deep.js",
                "src/build/part.js",
                "static/dist/logo.svg",
                "static/.well-known/security.txt",
                "static/changes.log",
                ".env",
                ".env.production",
                "package.json");
        List<String> others = List.of(
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
                "npm-debug.log");
        for (String file : sources) write(file, "x");
        for (String file : others) write(file, "x");
        assertThat(read().digests()).containsOnlyKeys(sources);
        AppSources.Layout layout = layout("", ".svelte-kit");
        assertThat(sources).allMatch(layout::holds);
        assertThat(others).noneMatch(layout::holds);
        assertThat(layout.holds("../shared.css")).isFalse();
        assertThat(layout.holds(temp.resolve("vite.config.js").toString())).isFalse();
    }

    @Test
    void inAnAppWithoutAPomNoFolderIsJava() throws IOException {
        write("frontend/src/main/part.js", "x");
        write("pom.xml", "x");
        assertThat(AppSources.read(layout("frontend", ".svelte-kit")).digests()).containsOnlyKeys("src/main/part.js");
    }

    @Test
    void theOutputFolderOfSvelteKitIsNoSourceWhereverItIs() throws IOException {
        write("generated/kit/output/client/x.js", "x");
        write("generated/words.js", "x");
        assertThat(AppSources.read(layout("", "generated/kit")).digests()).containsOnlyKeys("generated/words.js");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkedFolderIsASource() throws IOException {
        write("app/package.json", "{}");
        write("shared/words.js", "one");
        Files.createSymbolicLink(temp.resolve("app/words"), temp.resolve("shared"));
        AppSources before = AppSources.read(layout("app", ".svelte-kit"));
        assertThat(before.digests()).containsOnlyKeys("package.json", "words/words.js");
        write("shared/words.js", "two");
        assertThat(AppSources.read(layout("app", ".svelte-kit")).digests()).isNotEqualTo(before.digests());
    }

    @Test
    void theContentIsTheSameWhateverTheSettingsOfTheMachineAndGeneratedFiles() throws IOException {
        write("src/app.html", "x");
        write(".env.local", "SECRET=1");
        write("src/lib/generated.js", temp.toString());
        Set<String> generated = Set.of("src/lib/generated.js");
        String before = read().contentDigest(file -> !generated.contains(file));
        write(".env.local", "SECRET=2");
        write("src/lib/generated.js", "elsewhere");
        assertThat(read().contentDigest(file -> !generated.contains(file))).isEqualTo(before);
        write("src/app.html", "y");
        assertThat(read().contentDigest(file -> !generated.contains(file))).isNotEqualTo(before);
    }
}
