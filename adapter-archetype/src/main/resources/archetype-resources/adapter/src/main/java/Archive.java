package ${package};

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Emulator;
import dev.kitbridge.adapter.Prerender;
import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.adapter.Supports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs the client, the static files and the prerendered pages into a ZIP archive. */
final class Archive implements Adapter {

    private final ArchiveOptions options;

    Archive(ArchiveOptions options) {
        this.options = options;
    }

    @Override
    public String name() {
        return "archive";
    }

    /** Rejects routes that call {@code read} on a server. Routes that are prerendered can call it during the build. */
    @Override
    public Supports supports() {
        return new Supports() {
            @Override
            public Answer read(RouteDefinition route) {
                return Answer.notSupported("'read' in src/routes" + route.id() + " needs a server, and an archive has"
                        + " none; prerender the route");
            }
        };
    }

    /** Provides {@code event.platform} while SvelteKit prerenders pages. */
    @Override
    public Emulator emulate() {
        return (config, prerender) -> Map.of("archive", options.name());
    }

    @Override
    public void adapt(Builder builder) throws IOException {
        if (options.fallback() == null) checkRoutes(builder.routes());

        Path site = builder.buildDirectory("archive");
        builder.clear(site, builder.outputDirectory());
        builder.generateEnvModule();
        builder.writeClient(site);
        builder.writePrerendered(site);
        if (options.fallback() != null) builder.generateFallback(site.resolve(options.fallback()));
        if (options.compress()) builder.compress(site);

        Path zip = builder.outputDirectory().resolve(options.name() + ".zip");
        pack(site, zip, builder.project().timestamp());
        builder.attachArtifact(zip, "zip", "site");
        builder.log().success("Wrote " + zip);
    }

    private static void checkRoutes(List<RouteDefinition> routes) {
        List<String> dynamic = routes.stream()
                .filter(route -> route.prerender() != Prerender.TRUE)
                .map(route -> "  - src/routes" + route.id())
                .toList();
        if (dynamic.isEmpty()) return;
        throw new AdapterException("An archive contains files only, but these routes are not prerendered:\n"
                + String.join("\n", dynamic) + "\nAdd 'export const prerender = true' to each of them or to a layout,"
                + " or set <fallback>200.html</fallback> to render them in the browser");
    }

    /** Sorts the entries and gives them one time stamp, so that equal files result in an equal archive. */
    private static void pack(Path folder, Path zip, Instant timestamp) throws IOException {
        try (Stream<Path> files = Files.walk(folder);
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                ZipEntry entry = new ZipEntry(folder.relativize(file).toString().replace('\\', '/'));
                // null if the POM does not set project.build.outputTimestamp
                if (timestamp != null) entry.setTimeLocal(LocalDateTime.ofInstant(timestamp, ZoneOffset.UTC));
                out.putNextEntry(entry);
                Files.copy(file, out);
            }
        }
    }
}
