package dev.kitbridge.maven;

import dev.kitbridge.maven.goal.AppServer;
import dev.kitbridge.maven.goal.EmulateRequest;
import java.io.IOException;
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
        AppServer.emulate(new EmulateRequest(request(), listen(host, port, front), check));
    }
}
