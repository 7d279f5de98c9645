package dev.kitbridge.maven.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.maven.app.App;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputFactsTest {

    @TempDir
    Path temp;

    private Path app;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void make() throws IOException {
        app = Files.createDirectories(temp.resolve("app"));
    }

    private Facts read(Inputs inputs) throws IOException {
        Facts facts = Facts.none();
        new InputFacts(AppSources.Layout.of(new App(app), app.resolve("target"), ".svelte-kit"), environment)
                .add(inputs, facts);
        return facts;
    }

    private static Inputs paths(List<String> files, List<String> looks, List<String> folders, List<String> trees) {
        return new Inputs(files, looks, folders, trees, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    private static Inputs variables(List<String> names, List<String> prefixes) {
        return new Inputs(List.of(), List.of(), List.of(), List.of(), List.of(), names, prefixes, List.of(), List.of());
    }

    @Test
    void filesAreComparedByContentAndPathsByExistence() throws IOException {
        Path file = Files.writeString(temp.resolve("shared.css"), "a {}");
        Inputs whole = paths(List.of("../shared.css"), List.of(), List.of(), List.of());
        Inputs look = paths(List.of(), List.of("../shared.css"), List.of(), List.of());
        Facts content = read(whole);
        Facts kind = read(look);
        Files.writeString(file, "b {}");
        assertThat(content.difference(read(whole))).isEqualTo("../shared.css changed");
        assertThat(kind.difference(read(look))).isNull();
        Files.delete(file);
        assertThat(content.difference(read(whole))).isEqualTo("../shared.css is missing");
        assertThat(kind.difference(read(look))).isEqualTo("../shared.css is missing");
    }

    /** Vite resolves links before it opens a file, so that only the old target was opened. */
    @Test
    void aLinkThatLeadsElsewhereIsAChange() throws IOException {
        for (String version : List.of("v1", "v2")) {
            Files.createDirectories(temp.resolve(version));
            Files.writeString(temp.resolve(version).resolve("a.css"), "a {}");
        }
        Path link = Files.createSymbolicLink(temp.resolve("current"), temp.resolve("v1"));
        Inputs looks = paths(List.of(), List.of("../current/a.css"), List.of(), List.of());
        Facts before = read(looks);
        assertThat(before.difference(read(looks))).isNull();
        Files.delete(link);
        Files.createSymbolicLink(link, temp.resolve("v2"));
        assertThat(before.difference(read(looks))).isEqualTo("../current/a.css changed");
    }

    @Test
    void theAppsOwnSourcesAreLeftToOthers() throws IOException {
        Inputs inputs = paths(List.of("src/a.js", "build/b.js"), List.of(), List.of("src"), List.of());
        assertThat(read(inputs).values()).containsOnlyKeys("file build/b.js");
    }

    @Test
    void foldersAreComparedByNames() throws IOException {
        Path deep = Files.createDirectories(temp.resolve("content/deep"));
        Inputs list = paths(List.of(), List.of(), List.of("../content"), List.of());
        Inputs tree = paths(List.of(), List.of(), List.of(), List.of("../content"));
        Facts names = read(list);
        Facts all = read(tree);
        Files.writeString(deep.resolve("page.md"), "x");
        assertThat(names.difference(read(list))).isNull();
        assertThat(all.difference(read(tree))).isEqualTo("the files in ../content/** changed");
        Files.writeString(temp.resolve("content/page.md"), "x");
        assertThat(names.difference(read(list))).isEqualTo("the files in ../content changed");
    }

    /** CSS compilers search all files of the app for class names, and adapters write files afterwards. */
    @Test
    void theOutputOfABuildIsNoInputOfTheNext() throws IOException {
        Inputs tree = paths(
                List.of(), List.of(), List.of(), List.of("", temp.resolve("app").toString()));
        Files.createDirectories(app.resolve("src"));
        Facts before = read(tree);
        for (String output : List.of("target/adapters/static/index.html", ".svelte-kit/output/x.js")) {
            Files.createDirectories(app.resolve(output).getParent());
            Files.writeString(app.resolve(output), "x");
        }
        assertThat(before.difference(read(tree))).isNull();
        Inputs files = paths(
                List.of("target/adapters/static/index.html", ".svelte-kit/output/x.js", "target/classes/x.json"),
                List.of(),
                List.of(),
                List.of());
        assertThat(read(files).values()).containsOnlyKeys("file target/classes/x.json");
        List<String> outputs = List.of("target", ".svelte-kit", "node_modules", ".git");
        for (String output : outputs) Files.createDirectories(app.resolve(output));
        assertThat(read(paths(List.of(), outputs, outputs, outputs)).values()).isEmpty();
        Files.writeString(app.resolve("src/new.svelte"), "x");
        assertThat(before.difference(read(tree))).contains("the files in");
    }

    /** Files in these folders count only if a build has read them, unlike files in other folders of the app. */
    @ParameterizedTest
    @ValueSource(strings = {".content", "dist", "build"})
    void foldersBesideTheSourcesCountIfTheyWereListed(String folder) throws IOException {
        Files.createDirectories(app.resolve(folder));
        Inputs list = paths(List.of(), List.of(folder), List.of(folder), List.of());
        Inputs tree = paths(List.of(), List.of(), List.of(), List.of(folder));
        Facts names = read(list);
        Facts all = read(tree);
        Files.writeString(app.resolve(folder).resolve("two.md"), "x");
        assertThat(names.difference(read(list))).isEqualTo("the files in " + folder + " changed");
        assertThat(all.difference(read(tree))).isEqualTo("the files in " + folder + "/** changed");
        Files.delete(app.resolve(folder).resolve("two.md"));
        Files.delete(app.resolve(folder));
        assertThat(names.difference(read(list))).contains(folder);
    }

    @Test
    void variablesThatDecideOnDatesAndNumbersAlwaysCount() throws IOException {
        environment.put("TZ", "Europe/Rome");
        Facts before = read(variables(List.of(), List.of()));
        environment.put("TZ", "Asia/Tokyo");
        assertThat(before.difference(read(variables(List.of(), List.of()))))
                .isEqualTo("the environment variable TZ changed");
    }

    @Test
    void variablesCountIfTheyWereRead() throws IOException {
        environment.putAll(Map.of("API_ORIGIN", "a", "VITE_X", "b", "npm_command", "c", "HOME_OFFICE", "d"));
        Inputs inputs = variables(List.of("API_ORIGIN", "ABSENT"), List.of("VITE_"));
        Facts before = read(inputs);
        assertThat(before.values()).containsOnlyKeys("variable API_ORIGIN", "variable VITE_X");
        assertThat(before.values().values()).as("no secret is kept").doesNotContain("a", "b");
        environment.put("ABSENT", "now");
        assertThat(before.difference(read(inputs))).isEqualTo("the environment variable ABSENT changed");
    }

    @Test
    void listingAllVariablesExcludesThoseOfTheTerminal() throws IOException {
        environment.putAll(Map.of("API_ORIGIN", "a", "SHLVL", "1", "_", "/usr/bin/mvn"));
        assertThat(read(variables(List.of(), List.of(""))).values()).containsOnlyKeys("variable API_ORIGIN");
        assertThat(read(variables(List.of("SHLVL"), List.of(""))).values())
                .containsOnlyKeys("variable API_ORIGIN", "variable SHLVL");
    }
}
