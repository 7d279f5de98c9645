package dev.kitbridge.maven;

import dev.kitbridge.maven.adapters.ConfiguredAdapter;
import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.app.Kit;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.Programs;
import dev.kitbridge.maven.packages.Packages;
import dev.kitbridge.maven.packages.ScriptRun;
import dev.kitbridge.maven.packages.ViteScript;
import dev.kitbridge.maven.process.ProcessLog;
import dev.kitbridge.maven.services.ServiceProcess;
import dev.kitbridge.maven.vite.Contribution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.maven.plugins.annotations.Parameter;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/** What the goals that run an app's Vite for adapters have in common. */
abstract class ViteMojo extends AdaptersMojo {

    /**
     * Environment variables for the app's Vite: an element for each. On the command line, {@code NAME=value} separated
     * by commas.
     */
    @Parameter(property = "adapter.environmentVariables")
    private @Nullable PlexusConfiguration environmentVariables;

    /** Arguments of the JVM in which the module's own services run meanwhile, separated by spaces: {@code -Xmx1g}. */
    @Parameter(property = "adapter.servicesArguments", defaultValue = "")
    private @Nullable String servicesArguments;

    /**
     * All that it takes to run an app's Vite.
     *
     * @param node the Node to run it in
     * @param kit the app's SvelteKit
     * @param adapters the adapters that the POM names
     * @param contributions what they have to do with Vite
     */
    record Ready(
            NodeRuntime node,
            App.InstalledPackage kit,
            List<ConfiguredAdapter> adapters,
            List<Contribution> contributions) {}

    /**
     * The module's own services, not started yet; null if it has none.
     *
     * @param tests whether their class path is that of the tests
     */
    @Nullable
    ServiceProcess services(boolean tests) throws IOException {
        List<String> jvm = servicesArguments == null || servicesArguments.isBlank()
                ? List.of()
                : List.of(servicesArguments.strip().split("\\s+", -1));
        return ModuleClasses.of(project, tests)
                .services(plugin, jvm, project.getBasedir().toPath(), output());
    }

    /** How to run a script of the app's with a Node. */
    ScriptRun scriptRun(App app, ViteScript script, NodeRuntime node) {
        return new ScriptRun(
                app,
                script,
                node,
                Programs.system(),
                session.isOffline(),
                Xml.variables(Xml.element(environmentVariables, this::property)));
    }

    /** Says in one line what a goal serves that runs until Ctrl-C. */
    void announce(App.InstalledPackage kit, List<ConfiguredAdapter> adapters) {
        String names = adapters.stream().map(ConfiguredAdapter::id).collect(Collectors.joining(", "));
        getLog().info("Serving " + project.getArtifactId() + " " + project.getVersion() + " with SvelteKit "
                + kit.version() + " and the adapters " + names + "; Ctrl-C ends it");
    }

    /** The output folders of all modules that Maven knows of. */
    List<Path> outputs() {
        return session.getProjects().stream()
                .map(module -> Path.of(module.getBuild().getDirectory()))
                .toList();
    }

    /**
     * Reads the POM, finds Node and installs the app's packages, each if necessary.
     *
     * @param installed called when packages were installed
     */
    Ready ready(App app, Runnable installed) throws IOException {
        ProcessLog output = output();
        // whatever the POM says is read first: a mistake in it is told before anything is fetched or installed
        Packages packages = packages();
        List<ConfiguredAdapter> configured = adapters();
        List<Contribution> contributions = new ArrayList<>();
        for (ConfiguredAdapter adapter : configured) contributions.add(adapter.contribution());

        NodeRuntime found = node(app, message -> {});
        boolean fresh = progress()
                .measure("Installing packages", () -> packages.install(app, found, output))
                .isPresent();
        if (fresh) installed.run();
        NodeRuntime node = fresh ? nodes().afterInstall(app.directory(), found) : found;
        return new Ready(node, kit(app), configured, contributions);
    }

    /** A parameter that names commands; null if it is not set. */
    @Nullable
    List<String> commands(@Nullable PlexusConfiguration parameter) {
        return Xml.commands(Xml.element(parameter, this::property));
    }

    /** The app's installed SvelteKit. */
    static App.InstalledPackage kit(App app) throws IOException {
        return Kit.of(app, spec -> Packages.addCommand(app, spec));
    }
}
