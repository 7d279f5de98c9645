package dev.kitbridge.maven;

import dev.kitbridge.maven.adapters.SupportsCheck;
import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.node.Nodes;
import dev.kitbridge.maven.packages.ScriptRun;
import dev.kitbridge.maven.packages.ViteScript;
import dev.kitbridge.maven.serve.ViteServer;
import dev.kitbridge.maven.services.ServiceProcess;
import dev.kitbridge.maven.vite.Contribution;
import java.io.IOException;
import java.util.List;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Runs the app's own Vite in development, with hot reloading, and with the adapters of the POM: {@code event.platform}
 * is what the first of them emulates, and each is asked whether it supports what the app uses. Ctrl-C ends it.
 */
@Execute(phase = LifecyclePhase.PROCESS_CLASSES)
@Mojo(name = "dev", requiresDependencyResolution = ResolutionScope.TEST, threadSafe = true)
public final class DevMojo extends ViteMojo {

    /**
     * Vite's mode, which decides on the {@code .env} files. By default what {@code vite dev --mode} in the script
     * {@code dev} of {@code package.json} says, else {@code development}.
     */
    @Parameter(property = "adapter.mode")
    private @Nullable String mode;

    /**
     * Commands that run before Vite starts: an element for each. By default what the script {@code dev} of
     * {@code package.json} plainly has before {@code vite dev}, with {@code predev}; {@code none} runs none.
     */
    @Parameter(property = "adapter.beforeDev")
    private @Nullable PlexusConfiguration beforeDev;

    /** The port to listen on; by default what the app's Vite configuration says, else 5173 or the next that is free. */
    @Parameter(property = "adapter.port")
    private @Nullable Integer port;

    /** The address to listen on; by default what the app's Vite configuration says, else localhost. */
    @Parameter(property = "adapter.host")
    private @Nullable String host;

    /**
     * Whether browsers talk to the HTTP server of the adapter's product, where it has one, and that one to Vite. If
     * not, they talk to Vite itself.
     */
    @Parameter(property = "adapter.front", defaultValue = "true")
    private boolean front = true;

    /** Whether the class path of the module's services is that of its tests, which have to be compiled then. */
    @Parameter(property = "adapter.useTestClasspath", defaultValue = "false")
    private boolean useTestClasspath;

    @Override
    void run() throws IOException {
        if (isModuleWithoutApp()) return;
        App app = app();
        Ready ready = ready(app, () -> {});
        Nodes.check(
                ready.node().version(),
                ready.node(),
                ready.kit().version(),
                ready.kit().nodeRange());
        Contribution emulating = Contribution.emulating(ready.contributions());
        ViteScript script = ViteScript.of(app, "dev").with(commands(beforeDev), List.of());
        ScriptRun scriptRun = scriptRun(app, script, ready.node());
        scriptRun.warn(output());
        scriptRun.run(script.before(), "before", output());
        ViteServer server = new ViteServer(
                scriptRun, ready.kit(), script.mode(mode, "development"), ready.contributions(), output());
        try (ServiceProcess services = services(useTestClasspath);
                PomWatch pom = PomWatch.of(project, output()::warn)) {
            pom.start();
            if (services != null) services.watch();
            ViteServer.Place place = new ViteServer.Place(
                    ViteServer.Command.DEV,
                    host,
                    port,
                    emulating != null || services != null,
                    front ? emulating : null,
                    SupportsCheck.refusalOfInstrumentation(ready.adapters()).orElse(null),
                    outputs());
            announce(ready.kit(), ready.adapters());
            server.serve(place, new AdapterQuestions(ready.adapters(), emulating, services));
        }
    }
}
