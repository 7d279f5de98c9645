package dev.kitbridge.adapters.jvm.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.maven.builder.KitBuilder;
import dev.kitbridge.maven.recorded.RecordedBuild;
import dev.kitbridge.maven.recorded.RecordedLog;
import dev.kitbridge.server.site.SiteFile;
import dev.kitbridge.server.site.SiteManifest;
import dev.kitbridge.server.site.SiteManifest.Redirect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From recorded builds of an app in which some routes are prerendered and some are not. */
class AppFolderTest {

    @TempDir
    Path module;

    private KitBuilder builder(String kit) throws IOException {
        return RecordedBuild.unpack(kit, module).builder("jvm", new RecordedLog());
    }

    /** What this adapter's Vite plugins add to a build. */
    private static void addToServer(KitBuilder builder, String name) throws IOException {
        Files.writeString(builder.serverDirectory().resolve(name), name);
    }

    private static Path write(KitBuilder builder, @Nullable String serverEntry) throws IOException {
        Path app = builder.outputDirectory();
        JvmOptions options = new JvmOptions(null, false, null, null, null, null, null, 0, serverEntry);
        new AppFolder(builder, options).write(app);
        return app;
    }

    private static Path writeWithWorker(KitBuilder builder) throws IOException {
        addToServer(builder, "kitbridge-worker.js");
        return write(builder, null);
    }

    private static Map<String, SiteFile> byPath(SiteManifest site) {
        return site.files().stream()
                .flatMap(file -> file.paths().stream().map(path -> Map.entry(path, file)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kit2", "kit3"})
    void whatIsServedIsDecidedHere(String kit) throws IOException {
        SiteManifest site = SiteManifest.read(writeWithWorker(builder(kit)));
        Map<String, SiteFile> files = byPath(site);
        assertThat(site.kit()).startsWith(kit.substring(3) + ".");
        assertThat(site.errorPage()).contains("%sveltekit.status%");
        assertThat(files.get("/robots.txt").file()).isEqualTo("client/robots.txt");
        assertThat(files.get("/robots.txt").type()).isEqualTo("text/plain");
        assertThat(files.get("/robots.txt").immutable()).isFalse();
        assertThat(files.get("/about").file()).isEqualTo("prerendered/about.html");
        assertThat(files.get("/").file()).isEqualTo("prerendered/index.html");
        // what the endpoint said, not what the name says
        assertThat(files.get("/notes.json").type()).isEqualTo("application/json");
        assertThat(files.values()).filteredOn(SiteFile::immutable).isNotEmpty().allSatisfy(file -> assertThat(
                        file.file())
                .startsWith("client/_app/immutable/"));
        // a route that is not prerendered is left to the workers
        assertThat(files).doesNotContainKeys("/cart", "/settings", "/blog/[slug]");
        // .vite/... is not for the public
        assertThat(files.keySet()).noneMatch(path -> path.contains("/."));
    }

    @Test
    void pagesSayTheirCharset() throws IOException {
        Map<String, SiteFile> files = byPath(SiteManifest.read(writeWithWorker(builder("kit3"))));
        assertThat(files.get("/about").type()).isEqualTo("text/html;charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kit2", "kit3"})
    void redirectsThatWerePrerenderedAndSlashesAreRedirects(String kit) throws IOException {
        SiteManifest site = SiteManifest.read(writeWithWorker(builder(kit)));
        Map<String, Redirect> redirects =
                site.redirects().stream().collect(Collectors.toMap(Redirect::path, Function.identity()));
        assertThat(redirects.get("/old")).isEqualTo(new Redirect("/old", 308, "/about"));
        assertThat(redirects.get("/about/")).isEqualTo(new Redirect("/about/", 308, "../about"));
        assertThat(redirects.get("/blog/first/")).isEqualTo(new Redirect("/blog/first/", 308, "../first"));
        assertThat(byPath(site)).doesNotContainKey("/old");
    }

    @Test
    void twoTimesTheSameAreTheSameBytes() throws IOException {
        KitBuilder builder = builder("kit3");
        byte[] first = Files.readAllBytes(writeWithWorker(builder).resolve("site.bin"));
        builder.clear(builder.outputDirectory());
        assertThat(writeWithWorker(builder).resolve("site.bin")).hasBinaryContent(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kit2", "kit3"})
    void aWorkerRunsKitsServer(String kit) throws IOException {
        Path app = writeWithWorker(builder(kit));
        assertThat(app.resolve("server.js")).content().contains("export const server = ");
        assertThat(app.resolve("package.json")).hasContent("{\"type\":\"module\"}\n");
        assertThat(app.resolve("sveltekit")).doesNotExist();
        assertThat(started(app)).contains("import { server } from './server.js';");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kit2", "kit3"})
    void aWorkerRunsTheAppsOwnEntry(String kit) throws IOException {
        KitBuilder builder = builder(kit);
        addToServer(builder, "kitbridge-worker.js");
        addToServer(builder, "kitbridge-entry-src-own-server-ts.js");
        Path app = write(builder, "src/own/server.ts");
        assertThat(started(app)).contains("await import('./server/kitbridge-entry-src-own-server-ts.js')");
        assertThat(app.resolve("server.js")).doesNotExist();
        assertThat(app.resolve("package.json"))
                .hasContent("{\"type\":\"module\",\"imports\":{\"#sveltekit/*\":\"./sveltekit/*.js\"}}\n");
        assertThat(app.resolve("sveltekit/env.js")).content().contains("export const env = process.env;");
        assertThat(app.resolve("sveltekit/server.js")).content().contains("'../server/index.js'");
        assertThat(app.resolve("sveltekit/server-manifest.js"))
                .content()
                .startsWith("export const manifest = ")
                .contains("import('../server/");
    }

    /** The app has instrumentation, which runs before what a worker runs. */
    private static String started(Path app) throws IOException {
        assertThat(app.resolve("worker.js")).content().contains("instrumentation.server.js");
        return Files.readString(app.resolve("start.js"));
    }

    @Test
    void aBuildWithoutTheWorkerIsRefused() throws IOException {
        KitBuilder builder = builder("kit3");
        assertThatThrownBy(() -> write(builder, null))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("holds no kitbridge-worker.js")
                .hasMessageContaining("vite.config");
        addToServer(builder, "kitbridge-worker.js");
        assertThatThrownBy(() -> write(builder, "src/server.js"))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("does not hold src/server.js")
                .hasMessageContaining("vite.config");
    }

    @Test
    void withoutItsJarTheAdapterHasNothingToRun() throws IOException {
        KitBuilder builder = builder("kit3");
        Path app = writeWithWorker(builder);
        Path jar = builder.project().buildDirectory().resolve("app.jar");
        assertThatThrownBy(() ->
                        ProductJar.write(builder, JvmOptionsTest.options(null, null, 0, null), List.of(), app, jar))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("adapter-jvm was loaded from the folder")
                .hasMessageContaining("build it with mvn package");
    }
}
