package ${package};

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Emulator;
import dev.kitbridge.adapter.Prerender;
import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.adapter.Support;
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

/** Files and prerendered pages in a ZIP archive. */
final class Archive implements Adapter {

    private final ArchiveOptions options;

    Archive(ArchiveOptions options) {
        this.options = options;
    }

    @Override
    public String name() {
        return "archive";
    }

    /** Asked for routes that use {@code read} and are not prerendered. */
    @Override
    public Supports supports() {
        return new Supports() {
            @Override
            public Support read(RouteDefinition route) {
                return Support.refused("'read' in src/routes" + route.id() + " needs a server, and an archive has none;"
                        + " prerender the route");
            }
        };
    }

    /** What {@code event.platform} is while pages are prerendered. */
    @Override
    public Emulator emulate() {
        return (config, prerender) -> Map.of("archive", options.name());
    }

    @Override
    public void adapt(Builder builder) throws IOException {
        if (options.fallback() == null) refuseWhatNeedsAServer(builder);
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

    private static void refuseWhatNeedsAServer(Builder builder) {
        List<String> routes = builder.routes().stream()
                .filter(route -> route.prerender() != Prerender.TRUE)
                .map(route -> "  - src/routes" + route.id())
                .toList();
        if (routes.isEmpty()) return;
        throw new AdapterException("An archive holds files only, but these routes are not prerendered:\n"
                + String.join("\n", routes) + "\nput 'export const prerender = true' into them or into a layout, or set"
                + " <fallback>200.html</fallback> to have the browser render them");
    }

    /** The same bytes for the same files: in order, with one time for all. */
    private static void pack(Path folder, Path zip, Instant time) throws IOException {
        try (Stream<Path> walk = Files.walk(folder);
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                ZipEntry entry = new ZipEntry(folder.relativize(file).toString().replace('\\', '/'));
                // null where the project does not set project.build.outputTimestamp
                if (time != null) entry.setTimeLocal(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
                out.putNextEntry(entry);
                Files.copy(file, out);
            }
        }
    }
}
