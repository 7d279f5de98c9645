package dev.kitbridge.maven;

import dev.kitbridge.adapter.Project;
import dev.kitbridge.maven.adapters.ConfiguredAdapter;
import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.build.HeadStart;
import dev.kitbridge.maven.build.ViteBuild;
import dev.kitbridge.maven.json.Jackson;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.Nodes;
import dev.kitbridge.maven.packages.ViteScript;
import dev.kitbridge.maven.process.ProcessLog;
import dev.kitbridge.maven.services.ServiceProcess;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import org.apache.maven.plugins.annotations.Parameter;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/** What the goals that build an app for adapters have in common. */
@SuppressWarnings("NullAway.Init")
abstract class BuildMojo extends ViteMojo {

    /**
     * Vite's mode, which decides on the {@code .env} files. By default what {@code vite build --mode} in the script
     * {@code build} of {@code package.json} says, else {@code production}.
     */
    @Parameter(property = "adapter.mode")
    private @Nullable String mode;

    /**
     * Commands that run before Vite whenever Vite runs, in the app's folder and with its packages' programs on
     * {@code PATH}: an element for each. By default what the script {@code build} of {@code package.json} plainly has
     * before {@code vite build}, with {@code prebuild}; {@code none} runs none.
     */
    @Parameter(property = "adapter.beforeBuild")
    private @Nullable PlexusConfiguration beforeBuild;

    /**
     * Commands that run after Vite and before the adapters, whenever Vite runs: an element for each, or {@code none}.
     */
    @Parameter(property = "adapter.afterBuild")
    private @Nullable PlexusConfiguration afterBuild;

    /** An app that was built, and the adapters for it. */
    record Built(App app, NodeRuntime node, Project project, List<ConfiguredAdapter> adapters, ViteBuild.Result build)
            implements AutoCloseable {

        @Override
        public void close() {
            build.close();
        }
    }

    /** Vite's mode. */
    String mode(App app) throws IOException {
        return script(app).mode(mode, "production");
    }

    private ViteScript script(App app) throws IOException {
        return ViteScript.of(app, "build").with(commands(beforeBuild), commands(afterBuild));
    }

    Built build() throws IOException {
        // takes longer than all that is read with it, and can be made beside the rest
        ForkJoinPool.commonPool().execute(() -> Jackson.MAPPER.readTree("{}"));
        App app = app();
        Project module = Modules.project(project, app);
        ViteScript script = script(app);
        try (HeadStart ahead = headStart(app, module, script);
                ServiceProcess services = services(false)) {
            return build(app, module, script, ahead, services);
        }
    }

    private HeadStart headStart(App app, Project module, ViteScript script) throws IOException {
        ProcessLog output = output();
        Optional<NodeRuntime> node = nodes().present(app.directory(), output::say);
        return node.isEmpty() || packages().isNeeded(app)
                ? HeadStart.none()
                : HeadStart.of(
                        scriptRun(app, script, node.get()),
                        module.baseDirectory(),
                        module.buildDirectory(),
                        output.colours());
    }

    private Built build(App app, Project module, ViteScript script, HeadStart ahead, @Nullable ServiceProcess services)
            throws IOException {
        ProcessLog output = output();
        // what was loaded from the packages of before is worth nothing
        Ready ready = ready(app, ahead::close);
        NodeRuntime node = ready.node();
        App.InstalledPackage kit = ready.kit();
        ViteBuild vite = new ViteBuild(
                scriptRun(app, script, node),
                module.baseDirectory(),
                module.buildDirectory(),
                script.mode(mode, "production"),
                module.timestamp(),
                ready.contributions(),
                services,
                output);
        Consumer<String> beforeBuild = change -> {
            String version = node.version();
            Nodes.check(version, node, kit.version(), kit.nodeRange());
            output.say("Building " + app.directory() + " with SvelteKit " + kit.version() + " and Node " + version
                    + " (" + node.origin() + ")");
            output.say("Building: " + change);
        };
        ViteBuild.Result build = progress().measure("Vite build", () -> vite.run(kit, ahead, beforeBuild));
        if (!build.fresh()) output.say("Nothing changed since the last Vite build of " + app.directory());
        return new Built(app, node, module, ready.adapters(), build);
    }
}
