package dev.kitbridge.adapters.jvm.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.test.AdaptedModule;
import dev.kitbridge.adapter.test.RecordedApp;
import dev.kitbridge.server.internal.site.SiteFile;
import dev.kitbridge.server.internal.site.SiteFile.Encoding;
import dev.kitbridge.server.internal.site.SiteManifest;
import dev.kitbridge.server.internal.site.SiteManifest.Redirect;
import dev.kitbridge.server.internal.site.SitePack;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Writes the folder from recorded builds of an app in which some routes are prerendered. */
class AppFolderTest {

    @TempDir
    Path module;

    private Builder builder(RecordedApp recorded) throws IOException {
        return recorded.in(module).builder("jvm");
    }

    /** Adds the files that this adapter's Vite plugins add to a build. */
    private static void addToServer(Builder builder, String name) throws IOException {
        Files.writeString(builder.serverDirectory().resolve(name), name);
    }

    private static Path write(Builder builder, @Nullable String serverEntry) throws IOException {
        Path app = builder.outputDirectory();
        new AppFolder(builder, options(serverEntry)).write(app);
        return app;
    }

    private static JvmOptions options(@Nullable String serverEntry) {
        return new JvmOptions(null, null, false, null, null, null, null, null, null, 0, serverEntry, null);
    }

    private static Path writeWithWorker(Builder builder) throws IOException {
        return writeWithWorker(builder, "");
    }

    private static Path writeWithWorker(Builder builder, String packages) throws IOException {
        addWorker(builder, packages);
        return write(builder, null);
    }

    private static void addWorker(Builder builder, String packages) throws IOException {
        addToServer(builder, "kitbridge-worker.js");
        Files.writeString(builder.serverDirectory().resolve(ServerPackages.report(options(null))), packages);
    }

    private static Map<String, SiteFile> byPath(SiteManifest site) {
        return site.files().stream()
                .flatMap(file -> file.paths().stream().map(path -> Map.entry(path, file)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** SvelteKit 2 copies source maps as they are, SvelteKit 3 changes them for their new folder. */
    @ParameterizedTest
    @EnumSource(names = {"KIT_2", "KIT_3"})
    void sourcesSeemToLieInTheProductsFolder(RecordedApp recorded) throws IOException {
        Builder builder = builder(recorded);
        Path root = builder.project().appDirectory();
        Path page = builder.serverDirectory().resolve("entries/page.js");
        Files.createDirectories(page.resolveSibling(""));
        Files.writeString(page, "");
        Path outside = root.resolve("../shared/text.ts");
        List<Path> sources = List.of(root.resolve("src/routes/+page.server.ts"), outside);
        String paths = sources.stream()
                .map(source -> "\"" + page.resolveSibling("").relativize(source.normalize()) + "\"")
                .collect(Collectors.joining(","));
        Files.writeString(
                page.resolveSibling("page.js.map"),
                "{\"version\":3,\"sources\":[" + paths + ",\"webpack:///x\"],\"names\":[],\"mappings\":\"\"}");
        // the app's own data
        Files.writeString(page.resolveSibling("island.map"), "{\"sources\":[\"x\"]}");
        Path app = writeWithWorker(builder);
        assertThat(app.resolve("server/entries/page.js.map"))
                .hasContent(
                        "{\"version\":3,\"sources\":[\"../../src/routes/+page.server.ts\",\"../../../shared/text.ts\","
                                + "\"webpack:///x\"],\"names\":[],\"mappings\":\"\"}");
        assertThat(app.resolve("server/entries/island.map")).hasContent("{\"sources\":[\"x\"]}");
    }

    @ParameterizedTest
    @EnumSource(names = {"KIT_2", "KIT_3"})
    void theSiteManifestListsFilesPagesAndRedirects(RecordedApp recorded) throws IOException {
        SiteManifest site = SiteManifest.read(writeWithWorker(builder(recorded)));
        Map<String, SiteFile> files = byPath(site);
        assertThat(site.kit()).startsWith(recorded == RecordedApp.KIT_2 ? "2." : "3.");
        assertThat(site.errorPage()).contains("%sveltekit.status%");
        assertThat(files.get("/robots.txt").file()).isEqualTo("client/robots.txt");
        assertThat(files.get("/robots.txt").type()).isEqualTo("text/plain");
        assertThat(files.get("/robots.txt").immutable()).isFalse();
        assertThat(files.get("/about").file()).isEqualTo("prerendered/about.html");
        assertThat(files.get("/").file()).isEqualTo("prerendered/index.html");
        // the type that the endpoint sent, not that of the name
        assertThat(files.get("/notes.json").type()).isEqualTo("application/json");
        assertThat(files.values()).filteredOn(SiteFile::immutable).isNotEmpty().allSatisfy(file -> assertThat(
                        file.file())
                .startsWith("client/_app/immutable/"));
        // workers answer a route that is not prerendered
        assertThat(files).doesNotContainKeys("/cart", "/settings", "/blog/[slug]");
        // files in .vite are not served
        assertThat(files.keySet()).noneMatch(path -> path.contains("/."));
    }

    /** Files that are named as the compressed form of another; the recorded builder compresses nothing. */
    @Test
    void filesThatTheAppShipsAreServedUnchanged() throws IOException {
        Builder builder = builder(RecordedApp.KIT_3);
        Path client = builder.clientDirectory();
        Files.writeString(client.resolve("sitemap.xml"), "<xml/>");
        gzip(client.resolve("sitemap.xml.gz"), "<xml/>");
        gzip(client.resolve("sitemap.xml.gz.gz"), "nested");
        Files.writeString(client.resolve("b.txt"), "b");
        gzip(client.resolve("b.txt.gz"), "another");
        Files.writeString(client.resolve("b.txt.br"), "no Brotli at all");
        Files.writeString(client.resolve("c.gz"), "alone");
        Files.writeString(client.resolve("_app/own.js"), "own");
        Files.writeString(client.resolve("_app/own.js.br"), "by a plugin");
        SiteManifest site = SiteManifest.read(writeWithWorker(builder));
        Map<String, SiteFile> files = byPath(site);

        for (String name : List.of("sitemap.xml.gz", "sitemap.xml.gz.gz", "b.txt.gz", "b.txt.br", "c.gz")) {
            assertThat(files.get("/" + name).size()).as(name).isEqualTo(Files.size(client.resolve(name)));
            assertThat(files.get("/" + name).variants()).as(name).isEmpty();
        }
        assertThat(files.get("/sitemap.xml").variants())
                .extracting(SiteFile.Variant::encoding)
                .containsExactly(Encoding.GZIP);
        assertThat(files.get("/b.txt").variants()).isEmpty();
        assertThat(files.get("/_app/own.js").variants())
                .extracting(SiteFile.Variant::encoding)
                .containsExactly(Encoding.BR);
        // written once, although the option names it twice
        long sizes = SitePack.layout(site).parts().values().stream()
                .mapToLong(SitePack.Part::size)
                .sum();
        assertThat(SitePack.layout(site).size()).isEqualTo(sizes);
    }

    @Test
    void filesThatTheAppShipsAreMovedBeforeCompression() throws IOException {
        Path app = Files.createDirectories(module.resolve("app/client/a"))
                .resolve("../..")
                .normalize();
        for (String name : List.of("s.xml", "s.xml.gz", "s.xml.gz.gz", "a/x.js", "a/x.js.br", "b.gz")) {
            Files.writeString(app.resolve("client").resolve(name), name);
        }
        ShippedVariants shipped = new ShippedVariants(app);
        shipped.setAside("client/", List.of("s.xml", "s.xml.gz", "s.xml.gz.gz", "a/x.js", "a/x.js.br", "b.gz"));
        Files.writeString(app.resolve("client/s.xml.gz"), "ours");

        assertThat(shipped.file("client/s.xml.gz")).isEqualTo("shipped/client/s.xml.gz");
        assertThat(app.resolve("shipped/client/s.xml.gz")).hasContent("s.xml.gz");
        assertThat(app.resolve("shipped/client/s.xml.gz.gz")).hasContent("s.xml.gz.gz");
        assertThat(app.resolve("shipped/client/a/x.js.br")).hasContent("a/x.js.br");
        assertThat(shipped.file("client/b.gz")).isEqualTo("client/b.gz");
        assertThat(shipped.isVariantOf("client/s.xml", Encoding.GZIP, false)).isTrue();
        assertThat(shipped.isVariantOf("client/a/x.js", Encoding.BR, false)).isFalse();
        assertThat(shipped.isVariantOf("shipped/client/s.xml.gz", Encoding.GZIP, false))
                .isFalse();
    }

    private static void gzip(Path file, String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void pagesSayTheirCharset() throws IOException {
        Map<String, SiteFile> files = byPath(SiteManifest.read(writeWithWorker(builder(RecordedApp.KIT_3))));
        assertThat(files.get("/about").type()).isEqualTo("text/html;charset=utf-8");
    }

    @ParameterizedTest
    @EnumSource(names = {"KIT_2", "KIT_3"})
    void redirectsThatWerePrerenderedAndSlashesAreRedirects(RecordedApp recorded) throws IOException {
        SiteManifest site = SiteManifest.read(writeWithWorker(builder(recorded)));
        Map<String, Redirect> redirects =
                site.redirects().stream().collect(Collectors.toMap(Redirect::path, Function.identity()));
        assertThat(redirects.get("/old")).isEqualTo(new Redirect("/old", 308, "/about"));
        assertThat(redirects.get("/about/")).isEqualTo(new Redirect("/about/", 308, "../about"));
        assertThat(redirects.get("/blog/first/")).isEqualTo(new Redirect("/blog/first/", 308, "../first"));
        assertThat(byPath(site)).doesNotContainKey("/old");
    }

    @Test
    void twoTimesTheSameAreTheSameBytes() throws IOException {
        Builder builder = builder(RecordedApp.KIT_3);
        byte[] first = Files.readAllBytes(writeWithWorker(builder).resolve("site.bin"));
        builder.clear(builder.outputDirectory());
        assertThat(writeWithWorker(builder).resolve("site.bin")).hasBinaryContent(first);
    }

    @ParameterizedTest
    @EnumSource(names = {"KIT_2", "KIT_3"})
    void aWorkerRunsKitsServer(RecordedApp recorded) throws IOException {
        Path app = writeWithWorker(builder(recorded));
        assertThat(app.resolve("server.js")).content().contains("export const server = ");
        assertThat(app.resolve("package.json")).hasContent("{\"type\":\"module\"}\n");
        assertThat(app.resolve("server-manifest.js")).doesNotExist();
        assertThat(started(app)).contains("import { server } from './server.js';");
    }

    @ParameterizedTest
    @EnumSource(names = {"KIT_2", "KIT_3"})
    void aWorkerRunsTheAppsOwnEntry(RecordedApp recorded) throws IOException {
        Builder builder = builder(recorded);
        addWorker(builder, "");
        addToServer(builder, "kitbridge-entry-src-own-server-ts.js");
        Path app = write(builder, "src/own/server.ts");
        assertThat(started(app)).contains("{ name: 'kitbridge-entry-src-own-server-ts' }");
        assertThat(app.resolve("server.js")).doesNotExist();
        assertThat(app.resolve("package.json")).hasContent("{\"type\":\"module\"}\n");
        assertThat(app.resolve("server-manifest.js"))
                .content()
                .startsWith("export const manifest = ")
                .contains("import('./server/");
    }

    /** The app has instrumentation, which runs before the worker's module. */
    private static String started(Path app) throws IOException {
        assertThat(app.resolve("worker.js")).content().contains("instrumentation.server.js");
        return Files.readString(app.resolve("start.js"));
    }

    @Test
    void aBuildWithoutTheWorkerIsRejected() throws IOException {
        Builder builder = builder(RecordedApp.KIT_3);
        assertThatThrownBy(() -> write(builder, null))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("contains no kitbridge-worker.js")
                .hasMessageContaining("vite.config");
        addWorker(builder, "");
        assertThatThrownBy(() -> write(builder, "src/server.js"))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("does not hold src/server.js")
                .hasMessageContaining("vite.config");
    }

    @Test
    void withoutItsJarTheAdapterHasNothingToRun() throws IOException {
        Builder builder = builder(RecordedApp.KIT_3);
        Path app = writeWithWorker(builder);
        Path jar = builder.project().buildDirectory().resolve("app.jar");
        Files.createDirectories(jar.getParent());
        Files.writeString(jar, "an earlier one");
        try (ProductJar product = ProductJar.begin(builder, JvmOptionsTest.options(null, null, 0, null), jar)) {
            assertThatThrownBy(() -> product.finish(app, List.of()))
                    .isInstanceOf(AdapterException.class)
                    .hasMessageContaining("adapter-jvm was loaded from the folder")
                    .hasMessageContaining("build it with mvn package");
        }
        assertThat(jar).content().isEqualTo("an earlier one");
        assertThat(jar.resolveSibling("app.jar.part")).doesNotExist();
    }

    @Test
    void packagesOfTheReportAreCopiedAndLogged() throws IOException {
        Path scope = Files.createDirectories(module.resolve("node_modules/@tides/moon"));
        Files.writeString(scope.resolve("package.json"), "{\"dependencies\":{\"sea\":\"*\"}}");
        Files.writeString(scope.resolve("index.js"), "x".repeat(250_000));
        Path sea = Files.createDirectories(module.resolve("node_modules/sea"));
        Files.writeString(sea.resolve("package.json"), "{}");
        AdaptedModule adapted = RecordedApp.KIT_3.in(module);
        Builder builder = adapted.builder("jvm");
        Path app = writeWithWorker(builder, "copied @tides/moon\nbundled clsx\nbundled devalue\n");
        assertThat(app.resolve("node_modules/sea/package.json")).exists();
        assertThat(app.resolve("server").toFile().list()).noneMatch(name -> name.startsWith("kitbridge-packages"));
        assertThat(adapted.log().stream().map(line -> line.substring(line.indexOf(' ') + 1)))
                .contains(
                        "Bundled: 2 packages (clsx, devalue)",
                        "Copied: 2 packages, 3 files, 0.3 MB; the largest: @tides/moon 0.3 MB, sea 0.0 MB");
    }

    /** A page that was prerendered with the image of a module. */
    private static void addPage(Builder builder, String name, String html) throws IOException {
        Files.writeString(prerendered(builder, "pages/" + name), html);
    }

    private static Path prerendered(Builder builder, String name) {
        return builder.project().appDirectory().resolve(".svelte-kit/output/prerendered/" + name);
    }

    private static Path writeMovable(Builder builder) throws IOException {
        addToServer(builder, BasePath.REPORT);
        return writeWithWorker(builder);
    }

    @ParameterizedTest
    @EnumSource(names = {"KIT_2", "KIT_3"})
    void anAppWithoutBasePathCanBeServedAtAny(RecordedApp recorded) throws IOException {
        Builder builder = builder(recorded);
        addPage(builder, "about.html", "<img src=\"/_app/immutable/a.png\"><a href=\"./x\">");
        Files.writeString(builder.clientDirectory().resolve("service-worker.js"), "import '/_app/env.js'; '/_app/x';");
        Path app = writeMovable(builder);
        assertThat(SiteManifest.read(app).fixed()).isEmpty();
        assertThat(app.resolve("prerendered/about.html"))
                .hasContent("<img src=\"./_app/immutable/a.png\"><a href=\"./x\">");
        assertThat(app.resolve("client/service-worker.js")).hasContent("import './_app/env.js'; '/_app/x';");
        assertThat(app.resolve("server").resolve(BasePath.REPORT)).doesNotExist();
        assertThat(app.resolve("server.js"))
                .content()
                .containsPattern("prerendered_routes: new Set\\(\\[.*\"/about\".*]\\.map\\(\\(path\\) => "
                        + "\\(globalThis\\.__kitbridge_base \\?\\? ''\\) \\+ path\\)\\)");
    }

    @Test
    void anAppThatHasAnAbsoluteLinkCannot() throws IOException {
        Builder builder = builder(RecordedApp.KIT_3);
        addPage(builder, "about.html", "<a href=\"/cart\">");
        assertThat(SiteManifest.read(writeMovable(builder)).fixed())
                .isEqualTo("the prerendered page /about has a link to /cart that does not begin with the base path;"
                        + " write it with resolve() or asset() of $app/paths");
    }

    @Test
    void anAppWhoseDataHasThePathOfAFileCannot() throws IOException {
        Builder builder = builder(RecordedApp.KIT_3);
        addPage(builder, "about.html", "<script>x = \"/_app/immutable/a.png\"</script>");
        assertThat(SiteManifest.read(writeMovable(builder)).fixed())
                .startsWith("the prerendered file /about contains the path of a file in /_app/")
                .endsWith("import it where it is shown, not in code that loads data on the server");
    }

    @Test
    void withoutItsPluginAnAppCannot() throws IOException {
        assertThat(SiteManifest.read(writeWithWorker(builder(RecordedApp.KIT_2)))
                        .fixed())
                .startsWith("Kitbridge found no place in the server code of SvelteKit 2.")
                .endsWith("; set paths.base");
    }
}
