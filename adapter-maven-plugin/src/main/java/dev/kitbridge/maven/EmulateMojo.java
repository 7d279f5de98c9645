package dev.kitbridge.maven;

import dev.kitbridge.maven.adapters.ConfiguredAdapter;
import dev.kitbridge.maven.adapters.SupportsCheck;
import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.json.Jackson;
import dev.kitbridge.maven.packages.ViteScript;
import dev.kitbridge.maven.serve.ViteServer;
import dev.kitbridge.maven.services.ServiceProcess;
import dev.kitbridge.maven.types.ServiceInterfaces;
import dev.kitbridge.maven.vite.Contribution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Serves the app as it was built, through Vite's own preview, with the {@code event.platform} that the adapter
 * emulates. Builds the app if necessary. Ctrl-C ends it.
 */
@Execute(phase = LifecyclePhase.PROCESS_CLASSES)
@Mojo(name = "emulate", requiresDependencyResolution = ResolutionScope.RUNTIME, threadSafe = true)
public class EmulateMojo extends BuildMojo {

    /** The port to listen on; by default what the app's Vite configuration says, else 4173. */
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

    /**
     * A path to ask for, with its query if it has one: prints the status and {@code event.platform}, and ends; fails
     * from status 400 on. The platform is there if a route was rendered, which a prerendered page is not.
     */
    @Parameter(property = "adapter.check")
    private @Nullable String check;

    @Override
    void run() throws IOException {
        if (isModuleWithoutApp()) return;
        Built built = build();
        // the bridge has nothing more to do, and would stay as long as the preview does
        built.close();
        new SupportsCheck(built.build().record(), built.adapters()).enforce();
        List<Contribution> contributions = new ArrayList<>();
        for (ConfiguredAdapter adapter : built.adapters()) contributions.add(adapter.contribution());
        Contribution emulating = Contribution.emulating(contributions);
        App app = built.app();
        ViteServer server = new ViteServer(
                scriptRun(app, ViteScript.of(app, "preview"), built.node()),
                kit(app),
                mode(app),
                contributions,
                output());
        try (ServiceProcess services = services(false)) {
            ViteServer.Place place = new ViteServer.Place(
                    ViteServer.Command.PREVIEW,
                    host,
                    port,
                    emulating != null || services != null,
                    front ? emulating : null,
                    SupportsCheck.refusalOfInstrumentation(built.adapters()).orElse(null),
                    outputs());
            AdapterQuestions questions = new AdapterQuestions(built.adapters(), emulating, services);
            if (check == null) {
                announce(kit(app), built.adapters());
                server.serve(place, questions);
            } else {
                report(check, server.check(place, check, questions));
            }
        }
    }

    private void report(String path, ViteServer.Answer answer) throws IOException {
        String location = answer.location();
        getLog().info(path + " answered " + answer.status() + (location == null ? "" : ", to " + location));
        getLog().info("event.platform: "
                + (answer.platform() == null
                        ? "not used: a prerendered page or a file was served"
                        : Jackson.sorted(withServices(answer.platform()))));
        if (answer.status() >= 400) throw new UserFailure(path + " answered " + answer.status());
    }

    /** In JavaScript, {@code services} has whatever it is asked for; here stand the services with their methods. */
    private Map<String, Object> withServices(Map<String, Object> platform) throws IOException {
        if (!platform.containsKey("services")) return platform;
        ModuleClasses module = ModuleClasses.of(project, false);
        Map<String, Object> named = new TreeMap<>(platform);
        try (ServiceInterfaces services = new ServiceInterfaces(module.classPath(), module.interfaces())) {
            named.put("services", services.methods());
        }
        return named;
    }
}
