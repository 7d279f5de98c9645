package dev.kitbridge.adapters.statics;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Prerender;
import dev.kitbridge.adapter.RouteDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Writes the client, the static files and the prerendered pages, as {@code @sveltejs/adapter-static} does. */
final class StaticAdapter implements Adapter {

    private final StaticOptions options;

    StaticAdapter(StaticOptions options) {
        this.options = options;
    }

    @Override
    public String name() {
        return "static";
    }

    @Override
    public void adapt(Builder builder) throws IOException {
        checkRoutes(builder);
        if (options.target() == StaticOptions.Target.RESOURCES) Resources.check(builder.project());

        Path pages = options.pages() == null ? builder.outputDirectory() : options.pages();
        Path assets = options.assets() == null ? pages : options.assets();
        builder.clear(assets, pages);

        builder.generateEnvModule();
        int files = builder.writeClient(assets).size();
        int prerendered = builder.writePrerendered(pages).size();
        if (options.fallback() != null) builder.generateFallback(pages.resolve(options.fallback()));
        compress(builder, assets);
        if (!pages.equals(assets)) compress(builder, pages);

        String counted = counted(files, "client and static file") + ", " + counted(prerendered, "prerendered file")
                + (options.fallback() == null ? "" : ", fallback " + options.fallback());
        if (options.target() == StaticOptions.Target.RESOURCES) {
            Path root = Resources.write(builder, pages);
            builder.log().success("Wrote " + counted + " to " + shown(builder, root));
        } else if (pages.equals(assets)) {
            builder.log().success("Wrote " + counted + " to " + shown(builder, pages));
        } else {
            builder.log()
                    .success("Wrote " + counted + " to " + shown(builder, pages) + " (pages) and "
                            + shown(builder, assets) + " (assets)");
        }
    }

    private void compress(Builder builder, Path folder) throws IOException {
        if (options.precompress().encodings().isEmpty()) return;
        long start = System.nanoTime();
        int files = builder.compress(folder, options.precompress().encodings()).size();
        builder.log()
                .info("Compressed %s in %s with %s in %d ms"
                        .formatted(
                                counted(files, "file"),
                                shown(builder, folder),
                                options.precompress(),
                                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)));
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static String shown(Builder builder, Path path) {
        Path base = builder.project().baseDirectory();
        Path absolute = base.resolve(path).normalize();
        return absolute.startsWith(base) ? base.relativize(absolute).toString() : absolute.toString();
    }

    private void checkRoutes(Builder builder) {
        if (options.fallback() != null || !options.strict() || builder.config().hashRouting()) return;
        List<RouteDefinition> dynamic = builder.routes().stream()
                .filter(route -> route.prerender() != Prerender.TRUE)
                .toList();
        if (dynamic.isEmpty()) return;
        boolean parameters =
                builder.routes().stream().anyMatch(route -> route.id().contains("["));
        List<String> cures = new ArrayList<>();
        cures.add("put 'export const prerender = true' into the root +layout.js, to prerender all pages, and into each"
                + " +server.js that no load function fetches");
        cures.add("set <fallback>200.html</fallback> if the browser is to render these routes (a single-page app)");
        if (parameters || !builder.config().prerenderEntries().equals(List.of("*"))) {
            cures.add("name the paths to prerender in the option prerender.entries"
                    + (parameters ? " or in 'entries' of a route: kit cannot guess the values of its parameters" : ""));
        }
        cures.add("set <strict>false</strict> if the site can do without these routes");
        cures.add("use an adapter that runs a server");
        throw new AdapterException("All routes must be prerendered for static files, but these are dynamic:\n"
                + dynamic.stream()
                        .map(route -> "  - " + builder.config().routesDirectory() + route.id())
                        .collect(Collectors.joining("\n"))
                + "\nWhat you can do:\n"
                + cures.stream().map(cure -> "  - " + cure).collect(Collectors.joining("\n")));
    }
}
