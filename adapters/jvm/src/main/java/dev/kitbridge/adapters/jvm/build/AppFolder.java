package dev.kitbridge.adapters.jvm.build;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.server.internal.site.SiteManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes the folder that {@link dev.kitbridge.server.Server#open} opens. */
final class AppFolder {

    /** The module that a worker runs. */
    private static final String START =
            """
            import { run } from './server/kitbridge-worker.js';
            import { server } from './server.js';

            await run(server, new URL('./server/', import.meta.url));
            """;

    private final Builder builder;
    private final JvmOptions options;

    AppFolder(Builder builder, JvmOptions options) {
        this.builder = builder;
        this.options = options;
    }

    void write(Path app) throws IOException {
        Path client = app.resolve("client");
        Path prerendered = app.resolve("prerendered");
        List<String> clientFiles = builder.writeClient(client);
        List<String> prerenderedFiles = builder.writePrerendered(prerendered);
        BasePath basePath = new BasePath(builder, app);
        basePath.prepareFiles();
        ShippedVariants shipped = new ShippedVariants(app);
        if (options.precompress()) {
            shipped.setAside("client/", clientFiles);
            shipped.setAside("prerendered/", prerenderedFiles);
            // Node compresses while this thread writes the server
            Background<List<String>> compressed = Background.begin(() -> {
                builder.compress(client);
                return builder.compress(prerendered);
            });
            try {
                writeServer(app, basePath);
            } finally {
                compressed.awaitEnd();
            }
            compressed.await();
        } else {
            shipped.keep("client/", clientFiles);
            shipped.keep("prerendered/", prerenderedFiles);
            writeServer(app, basePath);
        }
        Assets assets = new Assets(builder, app, shipped);
        assets.addClient(clientFiles);
        assets.addPrerendered(prerenderedFiles);
        new Retained(builder, app).add(options.retainReleases(), assets);
        boolean origin = !builder.config().kitVersion().startsWith("2.");
        new SiteManifest(
                        builder.config().kitVersion(),
                        builder.config().versionName(),
                        builder.config().base(),
                        basePath.fixed(),
                        builder.appPath(),
                        origin ? builder.config().origin() : "",
                        errorPage(),
                        assets.files(),
                        assets.redirects())
                .write(app);
    }

    private void writeServer(Path app, BasePath basePath) throws IOException {
        Path server = app.resolve("server");
        builder.writeServer(server);
        ProductSources.relocate(builder, app);
        if (!Files.exists(server.resolve("kitbridge-worker.js"))) {
            throw new AdapterException(
                    "The server build contains no kitbridge-worker.js, which this adapter's Vite plugin"
                            + " adds; another plugin in the app's vite.config must have replaced the server build's input");
        }
        ServerEntry own = options.serverEntry() == null ? null : new ServerEntry(options.serverEntry());
        if (own == null) builder.generateServerInstance(app.resolve("server.js"), null, server);
        else own.write(builder, app);
        basePath.prepareManifest(app.resolve(own == null ? "server.js" : ServerEntry.MANIFEST));
        new ServerPackages(builder, options).write(app);
        // otherwise a package.json above the unpacked folder could make Node parse the modules as CommonJS
        Files.writeString(app.resolve("package.json"), "{\"type\":\"module\"}\n");
        Path entry = app.resolve(SiteManifest.ENTRY);
        Files.writeString(entry, own == null ? START : own.start());
        if (builder.hasServerInstrumentationFile()) {
            Path initializer = builder.createInstrumentationInitializer(app, null, server);
            builder.instrument(new Builder.Instrumentation(
                    entry, server.resolve("instrumentation.server.js"), initializer, List.of()));
        }
    }

    /** Returns the app's {@code src/error.html}, or kit's default. */
    private String errorPage() throws IOException {
        Path root = builder.project().appDirectory();
        if (builder.config().values().get("files") instanceof Map<?, ?> files
                && files.get("errorTemplate") instanceof String template) {
            Path own = root.resolve(template);
            if (Files.isRegularFile(own)) return Files.readString(own);
        }
        for (Path folder = root; folder != null; folder = folder.getParent()) {
            Path kit = folder.resolve("node_modules/@sveltejs/kit/src/core/config/default-error.html");
            if (Files.isRegularFile(kit)) return Files.readString(kit);
        }
        return """
                <!doctype html>
                <title>%sveltekit.error.message%</title>
                <h1>%sveltekit.status%</h1>
                <p>%sveltekit.error.message%</p>
                """;
    }
}
