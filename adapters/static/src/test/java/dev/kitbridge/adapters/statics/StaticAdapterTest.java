package dev.kitbridge.adapters.statics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Encoding;
import dev.kitbridge.adapters.statics.StaticOptions.Target;
import dev.kitbridge.maven.builder.KitBuilder;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.Programs;
import dev.kitbridge.maven.recorded.RecordedBuild;
import dev.kitbridge.maven.recorded.RecordedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the adapter on recorded builds of an app that has prerendered routes and other ones. */
class StaticAdapterTest {

    @TempDir
    Path temp;

    private final RecordedLog log = new RecordedLog();
    private final NodeRuntime node =
            new NodeRuntime(Programs.system().find("node").orElse(Path.of("node")), "PATH");
    private Path module;

    @BeforeEach
    void module() throws IOException {
        module = temp.toRealPath();
    }

    private static StaticOptions options(@Nullable String fallback, @Nullable Boolean strict) {
        return new StaticOptions(null, null, fallback, null, strict, null);
    }

    private KitBuilder adapt(String kit, StaticOptions options) throws IOException {
        KitBuilder builder = RecordedBuild.unpack(kit, module).builder("static", log, node);
        new StaticAdapter(options).adapt(builder);
        return builder;
    }

    private List<String> files(String folder) throws IOException {
        Path root = module.resolve(folder);
        if (!Files.exists(root)) return List.of();
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kit3", "kit2"})
    void writesTheClientAndThePrerenderedFiles(String kit) throws IOException {
        adapt(kit, options(null, false));
        assertThat(files("target/adapters/static"))
                .contains(
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
                .noneMatch(file -> file.contains(".vite"))
                .noneMatch(file -> file.endsWith(".gz"));
        assertThat(log.lines())
                .singleElement()
                .asString()
                .matches(
                        "success Wrote \\d+ client and static files, \\d+ prerendered files to target/adapters/static");
    }

    @Test
    void writesTheFallbackPage() throws IOException {
        adapt("kit3", options("200.html", null));
        assertThat(module.resolve("target/adapters/static/200.html")).content().startsWith("kitbridge/fallback.html");
        assertThat(log.lines().get(0)).contains(", fallback 200.html to ");
    }

    @Test
    void writesPagesAndAssetsToSeparateFolders() throws IOException {
        adapt("kit3", new StaticOptions(Path.of("target/pages"), Path.of("target/assets"), null, null, false, null));
        assertThat(files("target/pages")).contains("index.html", "_app/env.js").doesNotContain("robots.txt");
        assertThat(files("target/assets")).contains("robots.txt").doesNotContain("index.html");
        assertThat(log.lines().get(0)).endsWith(" to target/pages (pages) and target/assets (assets)");
    }

    @Test
    void deletesFilesOfThePreviousSite() throws IOException {
        Path old = module.resolve("target/adapters/static/old-page.html");
        Files.createDirectories(old.getParent());
        Files.writeString(old, "old");
        adapt("kit3", options(null, false));
        assertThat(old).doesNotExist();
    }

    @Test
    void rejectsDynamicRoutesAndListsTheFixes() throws IOException {
        Path old = module.resolve("target/adapters/static/old-page.html");
        Files.createDirectories(old.getParent());
        Files.writeString(old, "old");
        assertThatThrownBy(() -> adapt("kit3", options(null, null)))
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
        adapt("kit3", new StaticOptions(Path.of("target/pages"), Path.of("target/assets"), null, gzip, false, null));
        assertThat(files("target/pages")).contains("index.html.gz").doesNotContain("index.html.br");
        assertThat(files("target/assets")).contains("_app/version.json").noneMatch(file -> file.endsWith(".br"));
        assertThat(log.lines())
                .anyMatch(line -> line.matches("info Compressed \\d+ files in target/pages with gzip in \\d+ ms"));
    }

    @Test
    void writesResourcesBelowTheClasses() throws IOException {
        StaticOptions resources = new StaticOptions(null, null, null, null, false, Target.RESOURCES);
        adapt("kit3", resources);
        assertThat(files("target/classes/META-INF/resources")).contains("index.html", "robots.txt");
        assertThat(log.lines().get(0)).endsWith(" to target/classes/META-INF/resources");
    }

    @Test
    void keepsOtherResourcesAndDeletesThoseOfThePreviousSite() throws IOException {
        StaticOptions resources = new StaticOptions(null, null, null, null, false, Target.RESOURCES);
        Path root = module.resolve("target/classes/META-INF/resources");
        Files.createDirectories(root);
        Files.writeString(root.resolve("own.txt"), "own");
        RecordedBuild build = RecordedBuild.unpack("kit3", module);
        new StaticAdapter(resources).adapt(build.builder("static", log, node));
        Files.delete(module.resolve(".svelte-kit/output/client/robots.txt"));
        new StaticAdapter(resources).adapt(build.builder("static", log, node));
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
        KitBuilder builder =
                RecordedBuild.unpack("kit3", module).withPackaging("war").builder("static", log, node);
        new StaticAdapter(resources).adapt(builder);
        assertThat(files("target/lighthouse-1.0"))
                .contains("index.html", "robots.txt", "blog/first.html", "WEB-INF/web.xml");
        assertThat(files("target/classes")).isEmpty();
        assertThat(log.lines().get(0)).endsWith(" to target/lighthouse-1.0");
        // files of maven-war-plugin are not output of the adapter; otherwise it would run in each build
        assertThat(builder.outputs()).doesNotContain(root).contains(root.resolve("index.html"));
    }

    @Test
    void rejectsResourcesForOtherPackagings() throws IOException {
        KitBuilder builder =
                RecordedBuild.unpack("kit3", module).withPackaging("pom").builder("static", log, node);
        StaticOptions resources = new StaticOptions(null, null, "200.html", null, null, Target.RESOURCES);
        assertThatThrownBy(() -> new StaticAdapter(resources).adapt(builder))
                .isInstanceOf(AdapterException.class)
                .hasMessage(
                        "<target>resources</target> puts the site into a jar or a WAR, but the module's packaging is"
                                + " pom; remove <target> to write a folder");
        assertThat(files("target")).isEmpty();
    }

    @Test
    void rejectsResourcesAfterTheJarWasPackaged() throws IOException {
        Path jar = Files.writeString(module.resolve("lighthouse-1.0.jar"), "");
        KitBuilder builder =
                RecordedBuild.unpack("kit3", module).withMainArtifact(jar).builder("static", log, node);
        StaticOptions resources = new StaticOptions(null, null, "200.html", null, null, Target.RESOURCES);
        assertThatThrownBy(() -> new StaticAdapter(resources).adapt(builder))
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
        assertThatThrownBy(() -> adapt("kit3", wrong))
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
        assertThatThrownBy(() -> adapt("kit3", wrong)).isInstanceOf(AdapterException.class);
        assertThat(old).exists();
    }
}
