package dev.kitbridge.maven;

import dev.kitbridge.adapter.Project;
import dev.kitbridge.maven.adapters.Configured;
import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.json.Json;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.Nodes;
import dev.kitbridge.maven.services.ServiceProcess;
import dev.kitbridge.maven.vite.BuildOutput;
import dev.kitbridge.maven.vite.HeadStart;
import dev.kitbridge.maven.vite.ViteBuild;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** What the goals that build an app for adapters have in common. */
@SuppressWarnings("NullAway.Init")
abstract class BuildMojo extends ViteMojo {

    /** Vite's mode, which decides on the {@code .env} files. */
    @Parameter(property = "adapter.mode", defaultValue = "production")
    private String mode;

    /** An app that was built, and the adapters for it. */
    record Built(App app, NodeRuntime node, Project project, List<Configured> adapters, ViteBuild.Result build)
            implements AutoCloseable {

        @Override
        public void close() {
            build.close();
        }
    }

    /** Vite's mode. */
    String mode() {
        return mode;
    }

    Built build() throws IOException {
        // takes longer than all that is read with it, and can be made beside the rest
        ForkJoinPool.commonPool().execute(() -> Json.MAPPER.readTree("{}"));
        App app = app();
        Project module = Modules.project(project, app);
        Map<String, String> variables = variables();
        try (HeadStart ahead = headStart(app, module, variables);
                ServiceProcess services = services(false)) {
            return build(app, module, variables, ahead, services);
        }
    }

    private HeadStart headStart(App app, Project module, Map<String, String> variables) throws IOException {
        BuildOutput output = output();
        Optional<NodeRuntime> node = nodes().present(app.directory(), output::say);
        return node.isEmpty() || packages().isNeeded(app)
                ? HeadStart.none()
                : HeadStart.of(
                        app, module.baseDirectory(), module.buildDirectory(), node.get(), variables, output.colours());
    }

    private Built build(
            App app, Project module, Map<String, String> variables, HeadStart ahead, @Nullable ServiceProcess services)
            throws IOException {
        BuildOutput output = output();
        // what was loaded from the packages of before is worth nothing
        Ready ready = ready(app, ahead::close);
        NodeRuntime node = ready.node();
        App.InstalledPackage kit = ready.kit();
        ViteBuild vite = new ViteBuild(
                app,
                module.baseDirectory(),
                module.buildDirectory(),
                node,
                mode,
                variables,
                module.timestamp(),
                ready.contributions(),
                services,
                output);
        ViteBuild.Result build = vite.run(kit, ahead, change -> {
            String version = node.version();
            Nodes.check(version, node, kit.version(), kit.nodeRange());
            output.say("Building " + app.directory() + " with SvelteKit " + kit.version() + " and Node " + version
                    + " (" + node.origin() + ")");
            output.say("Building: " + change);
        });
        if (!build.fresh()) output.say("Nothing changed since the last Vite build of " + app.directory());
        return new Built(app, node, module, ready.adapters(), build);
    }
}
