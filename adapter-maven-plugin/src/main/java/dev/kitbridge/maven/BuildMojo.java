package dev.kitbridge.maven;

import dev.kitbridge.adapter.Project;
import dev.kitbridge.maven.adapters.Configured;
import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.app.Kit;
import dev.kitbridge.maven.json.Json;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.Nodes;
import dev.kitbridge.maven.packages.Packages;
import dev.kitbridge.maven.vite.BuildOutput;
import dev.kitbridge.maven.vite.Contribution;
import dev.kitbridge.maven.vite.HeadStart;
import dev.kitbridge.maven.vite.ViteBuild;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import org.apache.maven.plugins.annotations.Parameter;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/** What the goals that build an app for adapters have in common. */
@SuppressWarnings("NullAway.Init")
abstract class BuildMojo extends AdaptersMojo {

    /** Vite's mode, which decides on the {@code .env} files. */
    @Parameter(property = "adapter.mode", defaultValue = "production")
    private String mode;

    /**
     * Environment variables for the app's build: an element for each. On the command line, {@code NAME=value} separated
     * by commas.
     */
    @Parameter(property = "adapter.environmentVariables")
    private @Nullable PlexusConfiguration environmentVariables;

    /** An app that was built, and the adapters for it. */
    record Built(App app, NodeRuntime node, Project project, List<Configured> adapters, ViteBuild.Result build)
            implements AutoCloseable {

        @Override
        public void close() {
            build.node().close();
        }
    }

    Built build() throws IOException {
        // takes longer than all that is read with it, and can be made beside the rest
        ForkJoinPool.commonPool().execute(() -> Json.MAPPER.readTree("{}"));
        App app = app();
        Project module = Modules.project(project, app);
        Map<String, String> variables = Xml.variables(Xml.element(environmentVariables, this::property));
        try (HeadStart ahead = headStart(app, module, variables)) {
            return build(app, module, variables, ahead);
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

    private Built build(App app, Project module, Map<String, String> variables, HeadStart ahead) throws IOException {
        BuildOutput output = output();
        // whatever the POM says is read first: a mistake in it is told before anything is fetched or installed
        Packages packages = packages();
        List<Configured> configured = adapters();
        List<Contribution> contributions = new ArrayList<>();
        for (Configured adapter : configured) contributions.add(adapter.contribution());

        NodeRuntime found = nodes().find(app.directory(), output::say);
        boolean installed = packages.install(app, found, new PackageLog(output)).isPresent();
        // what was loaded from the packages of before is worth nothing
        if (installed) ahead.close();
        NodeRuntime node = installed ? nodes().afterInstall(app.directory(), found) : found;
        App.InstalledPackage kit = Kit.of(app);
        ViteBuild vite = new ViteBuild(
                app,
                module.baseDirectory(),
                module.buildDirectory(),
                node,
                mode,
                variables,
                module.timestamp(),
                contributions,
                output);
        ViteBuild.Result build = vite.run(kit, ahead, () -> {
            String version = node.version();
            Nodes.check(version, node, kit.version(), kit.nodeRange());
            output.say("Building " + app.directory() + " with SvelteKit " + kit.version() + " and Node " + version
                    + " (" + node.origin() + ")");
        });
        if (!build.fresh()) output.say("Nothing changed since the last Vite build of " + app.directory());
        return new Built(app, node, module, configured, build);
    }

    /** What a package manager says goes to Maven's log. */
    private record PackageLog(BuildOutput output) implements Packages.Output {

        @Override
        public void say(String message) {
            output.say(message);
        }

        @Override
        public void warn(String message) {
            output.warn(message);
        }

        @Override
        public void line(String text, boolean error) {
            if (!text.isBlank()) output.line(text, error);
        }
    }
}
