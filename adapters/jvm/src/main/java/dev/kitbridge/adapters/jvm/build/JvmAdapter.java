package dev.kitbridge.adapters.jvm.build;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.Downloads;
import dev.kitbridge.adapter.Emulator;
import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.adapter.Prerender;
import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.adapter.Supports;
import dev.kitbridge.adapter.TargetPlatform;
import dev.kitbridge.adapter.ViteConfig;
import dev.kitbridge.adapters.jvm.emulate.JvmEmulator;
import dev.kitbridge.server.internal.cache.RuleCheck;
import dev.kitbridge.server.internal.workers.WorkerModules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes an executable jar, as {@code @sveltejs/adapter-node} does for Node, or resources for an application that
 * serves the app.
 */
final class JvmAdapter implements Adapter {

    /** The server has each feature, and a rule for the page cache is checked. */
    private static final Supports SUPPORTS = new Supports() {
        @Override
        public Answer read(RouteDefinition route) {
            return Answer.SUPPORTED;
        }

        @Override
        public Answer pageCache(RouteDefinition route) {
            String problem = RuleCheck.problem(route.config(), route.prerender() == Prerender.TRUE);
            return problem == null ? Answer.SUPPORTED : Answer.notSupported(problem);
        }

        @Override
        public Answer instrumentation() {
            return Answer.SUPPORTED;
        }
    };

    private final JvmOptions options;

    JvmAdapter(JvmOptions options) {
        this.options = options;
    }

    @Override
    public String name() {
        return "jvm";
    }

    @Override
    public Supports supports() {
        return SUPPORTS;
    }

    @Override
    public ViteConfig vite() {
        Map<String, Object> values = Map.of(
                "modules", modules(),
                "entry", WorkerModules.ENTRY,
                "external", options.external(),
                "bundle", options.bundle(),
                "report", ServerPackages.report(options),
                "node", options.runtime() == JavaScriptRuntime.NODE);
        ViteConfig.Module worker = ViteConfig.Module.resource(JvmAdapter.class, "worker-entry.mjs", values);
        List<ViteConfig.Module> modules = new ArrayList<>();
        modules.add(worker);
        modules.add(ViteConfig.Module.resource(JvmAdapter.class, "server-maps.mjs", Map.of()));
        modules.add(ViteConfig.Module.resource(JvmAdapter.class, "base-path.mjs", Map.of("report", BasePath.REPORT)));
        if (options.serverEntry() != null) modules.add(new ServerEntry(options.serverEntry()).module());
        ViteConfig config = new ViteConfig(List.of(), modules);
        // the jar has the Node that builds, but a Bun of its own
        return options.runtime() == JavaScriptRuntime.NODE
                ? config
                : config.withRuntime(options.runtime(), options.runtimeVersion());
    }

    @Override
    public String types() {
        return options.serverEntry() == null ? "" : ServerEntry.types();
    }

    @Override
    public Emulator emulate() {
        return new JvmEmulator(options.envPrefix());
    }

    private static Map<String, String> modules() {
        try {
            return WorkerModules.read();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void fetch(Downloads downloads) throws IOException {
        boolean redis = options.pageCache() == JvmOptions.PageCache.REDIS;
        if (options.target() == JvmOptions.Target.JAR) ServerJar.fetch(downloads, redis);
        Set<TargetPlatform> platforms = new LinkedHashSet<>(options.runtimePlatforms());
        // for development
        if (options.runtime() == JavaScriptRuntime.BUN) platforms.add(TargetPlatform.current());
        for (TargetPlatform platform : platforms) {
            downloads.javaScriptRuntime(options.runtime(), options.runtimeVersion(), platform);
        }
        if (options.retainReleases() > 0) downloads.previousReleases(options.retainReleases(), "jar", "app");
    }

    @Override
    public void adapt(Builder builder) throws IOException {
        if (options.target() == JvmOptions.Target.RESOURCES) Resources.check(builder.project());
        Path app = options.out() == null ? builder.outputDirectory() : options.out();
        builder.clear(app);
        // other threads compress the runtimes, while this one copies and compresses the app's files
        List<Background<PackedRuntime>> runtimes = new ArrayList<>();
        for (TargetPlatform platform : options.runtimePlatforms()) {
            runtimes.add(PackedRuntime.begin(builder, options, platform));
        }
        if (options.target() == JvmOptions.Target.RESOURCES) {
            new AppFolder(builder, options).write(app);
            Resources.write(builder, options, app, runtimes);
        } else {
            writeJar(builder, app, runtimes);
        }
    }

    private void writeJar(Builder builder, Path app, List<Background<PackedRuntime>> runtimes) throws IOException {
        // a second jvm adapter in the module has another id
        String id = String.valueOf(builder.outputDirectory().getFileName());
        String classifier = id.equals(name()) ? "app" : id;
        Path jar =
                builder.project().buildDirectory().resolve(builder.project().finalName() + "-" + classifier + ".jar");
        builder.log().minor("Writing " + builder.project().baseDirectory().relativize(jar));
        try (ProductJar product = ProductJar.begin(builder, options, jar)) {
            new AppFolder(builder, options).write(app);
            product.finish(app, runtimes);
        }
        builder.attachArtifact(jar, "jar", classifier);
        builder.log()
                .success("Wrote " + builder.project().baseDirectory().relativize(jar) + " (" + (Files.size(jar) >> 20)
                        + " MiB); start it with java -jar");
    }
}
