package dev.kitbridge.adapters.statics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Encoding;
import dev.kitbridge.adapter.test.AdaptedModule;
import dev.kitbridge.adapter.test.AdapterTest;
import dev.kitbridge.adapter.test.FileTree;
import dev.kitbridge.adapter.test.RecordedApp;
import dev.kitbridge.adapters.statics.StaticOptions.Target;
import dev.kitbridge.maven.node.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the adapter on recorded builds of an app that has prerendered routes and other ones. */
class StaticAdapterTest {

    @TempDir
    Path temp;

    private AdaptedModule adapted;
    private Path module;

    @BeforeEach
    void module() throws IOException {
        adapted = RecordedApp.KIT_3.in(temp);
        module = adapted.folder();
    }

    private static StaticOptions options(@Nullable String fallback, @Nullable Boolean strict) {
        return new StaticOptions(null, null, fallback, null, strict, null);
    }

    private void adapt(StaticOptions options) throws IOException {
        adapted.adapt(new StaticAdapter(options));
    }

    private Set<String> files(String folder) {
        return FileTree.of(module.resolve(folder)).files().keySet();
    }

    @AdapterTest
    void writesTheClientAndThePrerenderedFiles(AdaptedModule adapted) throws IOException {
        adapted.adapt(new StaticAdapter(options(null, false)));
        assertThat(adapted)
                .output()
                .hasFile(
                        "robots.txt",
                        "service-worker.js",
                        "_app/version.json",
                        "_app/env.js",
                        "index.html",
                        "about.html",
                        "blog/first.html",
                        "notes.json",
                        "old.html",
                        "old/__data.json")
                .hasNoFileMatching(".*\\.vite.*|.*\\.gz");
        assertThat(adapted.log())
                .singleElement()
                .asString()
                .matches(
                        "success Wrote \\d+ client and static files, \\d+ prerendered files to target/adapters/static");
    }

    @Test
    void writesTheFallbackPage() throws IOException {
        adapt(options("200.html", null));
        assertThat(module.resolve("target/adapters/static/200.html")).content().startsWith("kitbridge/fallback.html");
        assertThat(adapted.log().get(0)).contains(", fallback 200.html to ");
    }

    @Test
    void writesPagesAndAssetsToSeparateFolders() throws IOException {
        adapt(new StaticOptions(Path.of("target/pages"), Path.of("target/assets"), null, null, false, null));
        assertThat(files("target/pages")).contains("index.html", "_app/env.js").doesNotContain("robots.txt");
        assertThat(files("target/assets")).contains("robots.txt").doesNotContain("index.html");
        assertThat(adapted.log().get(0)).endsWith(" to target/pages (pages) and target/assets (assets)");
    }

    @Test
    void deletesFilesOfThePreviousSite() throws IOException {
        Path old = module.resolve("target/adapters/static/old-page.html");
        Files.createDirectories(old.getParent());
        Files.writeString(old, "old");
        adapt(options(null, false));
        assertThat(old).doesNotExist();
    }

    @Test
    void rejectsDynamicRoutesAndListsTheFixes() throws IOException {
        Path old = module.resolve("target/adapters/static/old-page.html");
        Files.createDirectories(old.getParent());
        Files.writeString(old, "old");
        assertThatThrownBy(() -> adapt(options(null, null)))
                .isInstanceOf(AdapterException.class)
                .hasMessageStartingWith("All routes must be prerendered for static files, but these are dynamic:\n"
                        + "  - src/routes/blog/[slug]\n"
                        + "  - src/routes/(shop)/cart\n")
                .hasMessageNotContaining("src/routes/about")
                .hasMessageContaining("export const prerender = true")
                .hasMessageContaining("<fallback>200.html</fallback>")
                .hasMessageContaining("kit cannot guess the values of its parameters")
                .hasMessageContaining("<strict>false</strict>")
                .hasMessageEndingWith("  - use an adapter that runs a server");
        assertThat(old).exists();
    }

    @Test
    void writesCompressedVariantsBesideTheirOriginals() throws IOException {
        assumeThat(Programs.system().find("node")).as("a Node on PATH").isPresent();
        Precompress gzip = new Precompress(EnumSet.of(Encoding.GZIP));
        adapt(new StaticOptions(Path.of("target/pages"), Path.of("target/assets"), null, gzip, false, null));
        assertThat(files("target/pages")).contains("index.html.gz").doesNotContain("index.html.br");
        assertThat(files("target/assets")).contains("_app/version.json").noneMatch(file -> file.endsWith(".br"));
        assertThat(adapted.log())
                .anyMatch(line -> line.matches("info Compressed \\d+ files in target/pages with gzip in \\d+ ms"));
    }

    @Test
    void writesResourcesBelowTheClasses() throws IOException {
        StaticOptions resources = new StaticOptions(null, null, null, null, false, Target.RESOURCES);
        adapt(resources);
        assertThat(files("target/classes/META-INF/resources")).contains("index.html", "robots.txt");
        assertThat(adapted.log().get(0)).endsWith(" to target/classes/META-INF/resources");
    }

    @Test
    void keepsOtherResourcesAndDeletesThoseOfThePreviousSite() throws IOException {
        StaticOptions resources = new StaticOptions(null, null, null, null, false, Target.RESOURCES);
        Path root = module.resolve("target/classes/META-INF/resources");
        Files.createDirectories(root);
        Files.writeString(root.resolve("own.txt"), "own");
        adapt(resources);
        Files.delete(module.resolve(".svelte-kit/output/client/robots.txt"));
        adapt(resources);
        assertThat(files("target/classes/META-INF/resources"))
                .contains("own.txt", "index.html")
                .doesNotContain("robots.txt");
    }

    /** Containers do not serve META-INF/resources of WEB-INF/classes. */
    @Test
    void writesTheSiteToTheRootOfAWar() throws IOException {
        StaticOptions resources = new StaticOptions(null, null, null, null, false, Target.RESOURCES);
        Path root = module.resolve("target/lighthouse-1.0");
        Files.createDirectories(root.resolve("WEB-INF"));
        Files.writeString(root.resolve("WEB-INF/web.xml"), "of maven-war-plugin");
        adapted.packaging("war");
        adapt(resources);
        assertThat(files("target/lighthouse-1.0"))
                .contains("index.html", "robots.txt", "blog/first.html", "WEB-INF/web.xml");
        assertThat(files("target/classes")).isEmpty();
        assertThat(adapted.log().get(0)).endsWith(" to target/lighthouse-1.0");
        // files of maven-war-plugin are not output of the adapter; otherwise it would run in each build
        assertThat(adapted.outputs()).doesNotContain(root).contains(root.resolve("index.html"));
    }

    @Test
    void rejectsResourcesForOtherPackagings() throws IOException {
        adapted.packaging("pom");
        StaticOptions resources = new StaticOptions(null, null, "200.html", null, null, Target.RESOURCES);
        assertThatThrownBy(() -> adapt(resources))
                .isInstanceOf(AdapterException.class)
                .hasMessage(
                        "<target>resources</target> puts the site into a jar or a WAR, but the module's packaging is"
                                + " pom; remove <target> to write a folder");
        assertThat(files("target")).isEmpty();
    }

    @Test
    void rejectsResourcesAfterTheJarWasPackaged() throws IOException {
        Path jar = Files.writeString(module.resolve("lighthouse-1.0.jar"), "");
        adapted.mainArtifact(jar);
        StaticOptions resources = new StaticOptions(null, null, "200.html", null, null, Target.RESOURCES);
        assertThatThrownBy(() -> adapt(resources))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("lighthouse-1.0.jar has already been packaged")
                .hasMessageContaining("<phase>prepare-package</phase>");
        assertThat(files("target")).isEmpty();
    }

    @Test
    void rejectsAFolderOfSources() throws IOException {
        Path page = module.resolve("src/routes/+page.svelte");
        Files.createDirectories(page.getParent());
        Files.writeString(page, "source");
        StaticOptions wrong = new StaticOptions(Path.of("src"), null, null, null, false, null);
        assertThatThrownBy(() -> adapt(wrong))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("not below the module's output folder");
        assertThat(page).hasContent("source");
    }

    @Test
    void emptiesNoFolderIfOneOfTwoIsRejected() throws IOException {
        Path old = module.resolve("target/assets/old.txt");
        Files.createDirectories(old.getParent());
        Files.writeString(old, "old");
        StaticOptions wrong = new StaticOptions(Path.of("src"), Path.of("target/assets"), null, null, false, null);
        assertThatThrownBy(() -> adapt(wrong)).isInstanceOf(AdapterException.class);
        assertThat(old).exists();
    }
}
