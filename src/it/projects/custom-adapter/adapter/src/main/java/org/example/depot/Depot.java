package org.example.depot;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Downloads;
import dev.kitbridge.adapter.Emulator;
import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.adapter.TargetPlatform;
import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.adapter.Supports;
import dev.kitbridge.adapter.ViteConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs a site into an archive, and reports on everything that the builder said on the way. */
final class Depot implements Adapter {

    private static final String BUN = "1.4.5";
    private static final String MAIN =
            """
            import process from 'node:process';
            import { server } from './all.js';

            (globalThis.depotTrace ??= []).push('entry');
            await server.init({ env: process.env });
            export const respond = (path) =>
            	server.respond(new Request('http://depot.test' + path), { getClientAddress: () => '127.0.0.1' });
            export default 'depot';
            """;

    private final DepotOptions options;
    private final Map<String, Object> report = new TreeMap<>();

    Depot(DepotOptions options) {
        this.options = options;
    }

    @Override
    public String name() {
        return "depot";
    }

    @Override
    public Supports supports() {
        return new Supports() {
            @Override
            public Supports.Answer read(RouteDefinition route) {
                return options.files()
                        ? Supports.Answer.SUPPORTED
                        : Supports.Answer.notSupported("the depot keeps no files for " + route.id() + "; say <files>true</files>");
            }

            @Override
            public Supports.Answer instrumentation() {
                return Supports.Answer.SUPPORTED;
            }
        };
    }

    @Override
    public Emulator emulate() {
        return (config, prerender) -> Map.of(
                "berth", "emulated", "hall", String.valueOf(config.get("hall")), "prerender", prerender.name());
    }

    @Override
    public ViteConfig vite() {
        Map<String, Object> regions = Map.of("regions", options.regions());
        return new ViteConfig(
                        List.of(ViteConfig.Module.resource(Depot.class, "regions.mjs", regions)),
                        List.of(ViteConfig.Module.resource(Depot.class, "stamp.mjs", Map.of("word", "stamped"))))
                .withRuntime(JavaScriptRuntime.BUN, BUN);
    }

    @Override
    public void fetch(Downloads downloads) throws IOException {
        node(downloads);
        bun(downloads);
        releases(downloads);
    }

    private static List<Downloads.Release> releases(Downloads downloads) throws IOException {
        return downloads.previousReleases(3, "zip", "depot");
    }

    private static JavaScriptRuntime.Binary node(Downloads downloads) throws IOException {
        return downloads.javaScriptRuntime(JavaScriptRuntime.NODE, null, TargetPlatform.current());
    }

    private static JavaScriptRuntime.Binary bun(Downloads downloads) throws IOException {
        return downloads.javaScriptRuntime(JavaScriptRuntime.BUN, BUN, TargetPlatform.current());
    }

    @Override
    public void adapt(Builder builder) throws IOException {
        Path out = builder.outputDirectory();
        builder.clear(out);
        log(builder);
        describe(builder);
        site(builder, out.resolve("site"));
        servers(builder, out);
        instrumented(builder, out.resolve("app"));
        runtimes(builder, out.resolve("runtimes"));
        retain(builder, out.resolve("earlier"));
        packages(builder, out.resolve("alone"));
        bundle(builder, out.resolve("bundled"));
        report.put("options", options);
        StringBuilder lines = new StringBuilder();
        report.forEach((key, value) -> lines.append(key).append(" = ").append(value).append('\n'));
        Files.writeString(out.resolve("report.txt"), lines);

        Path archive = builder.buildDirectory("archive").resolve("depot.zip");
        builder.clear(archive.getParent());
        pack(out.resolve("site"), archive, FileTime.from(builder.project().timestamp()));
        builder.attachArtifact(archive, "zip", "depot");
    }

    private static void log(Builder builder) {
        builder.log().log("a plain line");
        builder.log().info("two lines\nof information");
        builder.log().minor("a minor line");
        builder.log().warn("a warning");
        builder.log().error("an error");
        builder.log().success("a success");
    }

    private void describe(Builder builder) {
        Path base = builder.project().baseDirectory();
        report.put("appPath", builder.appPath());
        report.put("buildDirectory", base.relativize(builder.buildDirectory("archive")));
        report.put("clientDirectory", base.relativize(builder.clientDirectory()));
        report.put("serverDirectory", base.relativize(builder.serverDirectory()));
        report.put("outputDirectory", base.relativize(builder.outputDirectory()));
        report.put("config", builder.config().appDir() + " '" + builder.config().base() + "' "
                + builder.config().routesDirectory() + " " + builder.config().prerenderEntries() + " hash "
                + builder.config().hashRouting());
        report.put("config.values", builder.config().values().get("appDir"));
        report.put("config.versionName", builder.config().versionName());
        report.put("project", builder.project().groupId() + ":" + builder.project().artifactId() + ":"
                + builder.project().version() + ":" + builder.project().packaging() + " at "
                + builder.project().timestamp());
        report.put("dependencies", builder.project().dependencies().stream()
                .map(dependency -> dependency.groupId() + ":" + dependency.artifactId() + ":" + dependency.version()
                        + " in " + dependency.file().getFileName())
                .toList());
        report.put("prerendered.pages", builder.prerendered().pages());
        report.put("prerendered.assets", builder.prerendered().assets());
        report.put("prerendered.redirects", builder.prerendered().redirects());
        report.put("prerendered.paths", builder.prerendered().paths());
        report.put("manifest.assets", builder.manifest().assets());
        report.put("manifest.immutable", !builder.manifest().immutable().isEmpty());
        report.put("manifest.prerendered", builder.manifest().prerendered());
        builder.manifest().routes().forEach(route -> report.put("manifest.route " + route.id(), route));
        for (String extension : List.of(".txt", ".webp", ".js")) {
            report.put("mimeTypes " + extension, builder.mimeTypes().get(extension));
        }
        for (RouteDefinition route : builder.routes()) {
            report.put("route " + route.id(), route);
            report.put("serverAssets " + route.id(), builder.findServerAssets(List.of(route)).stream()
                    .map(file -> file.replaceAll("\\.[\\w-]{8}\\.", ".HASH."))
                    .toList());
        }
        report.put("serverAssets", builder.findServerAssets(builder.routes()).size());
    }

    private void site(Builder builder, Path site) throws IOException {
        report.put("writeClient", builder.writeClient(site).size());
        report.put("writePrerendered", builder.writePrerendered(site));
        builder.generateEnvModule();
        report.put("writePrerendered with environment", builder.writePrerendered(site));
        builder.generateFallback(site.resolve("fallback.html"));
        Builder.CopyOptions copy = new Builder.CopyOptions(
                name -> !name.endsWith(".draft") && !name.equals("drafts"), Map.of("KEEPER", options.title()));
        report.put("copy", builder.copy(options.notes(), site.resolve("notes"), copy));
        report.put("copy of nothing", builder.copy(Path.of("nowhere"), site.resolve("nowhere")));
        report.put("copy of a file", builder.copy(options.notes().resolve("idea.draft"), site.resolve("idea.txt")));
        Path plain = builder.outputDirectory().resolve("compressed");
        builder.copy(builder.project().baseDirectory().resolve("static"), plain);
        report.put("compress", builder.compress(plain));
        report.put("compress all", builder.compress(plain, options.variants()));
    }

    private void servers(Builder builder, Path out) throws IOException {
        Path server = out.resolve("server");
        report.put("writeServer", builder.writeServer(server).contains("index.js"));
        // beside kit's own output, and self-contained
        builder.generateServerInstance(out.resolve("in-place.mjs"));
        builder.generateServerInstance(out.resolve("app/all.js"), null, server);
        List<RouteDefinition> some =
                builder.routes().stream().filter(route -> route.id().startsWith("/stock/")).toList();
        builder.generateServerInstance(out.resolve("app/some.js"), some, server);
        Files.writeString(
                out.resolve("manifest-all.js"), "export const manifest = " + builder.generateManifest("./server", null));
        Files.writeString(
                out.resolve("manifest-some.js"), "export const manifest = " + builder.generateManifest("./server", some));
        builder.createEntries(route -> {
            String id = route.segments().get(0).content();
            return new Builder.EntryPoint(
                    id,
                    other -> other.segments().get(0).content().equals(id),
                    routes -> {
                        report.put("entry " + id, routes.stream().map(RouteDefinition::id).toList());
                        builder.generateServerInstance(out.resolve("app/entry-" + id + ".js"), routes, server);
                    });
        });
    }

    private void instrumented(Builder builder, Path app) throws IOException {
        report.put("hasServerInstrumentationFile", builder.hasServerInstrumentationFile());
        Path server = app.resolveSibling("server");
        Path instrumentation = server.resolve("instrumentation.server.js");
        Path initializer = builder.createInstrumentationInitializer(app, null, server);
        report.put("initializer", app.relativize(initializer));
        Files.writeString(app.resolve("main.js"), MAIN);
        builder.instrument(
                new Builder.Instrumentation(app.resolve("main.js"), instrumentation, initializer, List.of("respond", "default")));

        // an entry point that writes its own imports, and an environment of its own
        Path other = builder.createInstrumentationInitializer(
                app.resolve("other"), "export default { ...process.env, DEPOT_REGION: 'built in' };", server);
        Files.writeString(app.resolve("other.js"), MAIN);
        builder.instrument(new Builder.Instrumentation(
                app.resolve("other.js"), instrumentation, other, app.resolve("begin.js"), List.of(), modules -> {
                    report.put("modules", modules);
                    return "import '" + modules.initializer() + "';\nimport '" + modules.instrumentation()
                            + "';\nexport const { respond } = await import('" + modules.start() + "');\n";
                }));

        try {
            builder.instrument(
                    new Builder.Instrumentation(app.resolve("missing.js"), instrumentation, initializer, List.of("default")));
        } catch (IllegalArgumentException e) {
            report.put("instrument without entry point", e.getMessage().replace(app.toString(), "app"));
        }
    }

    private void runtimes(Builder builder, Path runtimes) throws IOException {
        for (JavaScriptRuntime.Binary binary : List.of(node(builder), bun(builder))) {
            report.put("runtime " + binary.runtime(), binary.version() + " for " + binary.platform());
            builder.copy(binary.executable(), runtimes.resolve(binary.executable().getFileName()));
        }
    }

    private void retain(Builder builder, Path earlier) throws IOException {
        for (Downloads.Release release : releases(builder)) builder.copy(release.file(), earlier.resolve(release.version()));
        report.put("previousReleases", releases(builder).stream().map(Downloads.Release::version).toList());
        report.put("previousReleases of none", builder.previousReleases(3, "zip", "crate"));
    }

    /** The bundlers have native add-ons. */
    private void packages(Builder builder, Path alone) throws IOException {
        String bundler = builder.config().kitVersion().startsWith("2.") ? "rollup" : "rolldown";
        List<String> files = builder.writePackages(alone, List.of("svelte", bundler));
        report.put("writePackages", files.contains("node_modules/svelte/package.json"));
        report.put("writePackages of an add-on", files.stream().anyMatch(file -> file.endsWith(".node")));
        try {
            builder.writePackages(alone, List.of("barge"));
        } catch (AdapterException e) {
            report.put("writePackages of none", e.getMessage().substring(0, e.getMessage().indexOf(':')));
        }
    }

    /** Runs where nothing is installed; what is not bundled is copied. */
    private void bundle(Builder builder, Path bundled) throws IOException {
        Path server = builder.buildDirectory("server");
        builder.clear(server);
        builder.generateServerInstance(server.resolve("all.js"));
        Files.writeString(server.resolve("main.js"), MAIN);
        List<String> imported = builder.bundleServer(server.resolve("main.js"), bundled, List.of("devalue"));
        report.put("bundleServer", imported);
        JavaScriptRuntime.Target target = new JavaScriptRuntime.Target(JavaScriptRuntime.NODE, List.of(TargetPlatform.current()));
        report.put("writePackages for a target", builder.writePackages(bundled, imported, target).stream()
                .noneMatch(file -> file.endsWith(".d.ts")));
        try {
            builder.bundleServer(server.resolve("missing.js"), bundled, List.of());
        } catch (AdapterException e) {
            report.put("bundleServer of nothing", e.getMessage().substring(e.getMessage().indexOf(" does not")));
        }
    }

    /** The same bytes each time: in order, with one time for all entries. */
    private static void pack(Path folder, Path archive, FileTime time) throws IOException {
        try (Stream<Path> walk = Files.walk(folder);
                ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                ZipEntry entry =
                        new ZipEntry(folder.relativize(file).toString().replace('\\', '/'));
                entry.setLastModifiedTime(time);
                zip.putNextEntry(entry);
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
    }
}
