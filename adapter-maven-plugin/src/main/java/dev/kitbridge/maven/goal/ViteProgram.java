package dev.kitbridge.maven.goal;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Downloads;
import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.adapter.TargetPlatform;
import dev.kitbridge.adapter.ViteConfig;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.vite.Contribution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Finds the program that runs an app's Vite as a server: an adapter's runtime, or the Node that builds. */
final class ViteProgram {

    private ViteProgram() {}

    /**
     * Returns the program, which is fetched if necessary.
     *
     * @throws UserFailure if the runtime of an adapter is not available
     */
    static Path of(GoalRequest request, Toolchain tools) throws IOException {
        for (Contribution contribution : tools.contributions()) {
            ViteConfig.ServerRuntime runtime = contribution.vite().runtime();
            if (runtime != null) return fetch(request, tools, contribution.id(), runtime);
        }
        return tools.node().executable();
    }

    private static Path fetch(GoalRequest request, Toolchain tools, String id, ViteConfig.ServerRuntime runtime)
            throws IOException {
        Downloads downloads =
                request.module().downloads(tools.node(), request.module().log(id), request.log()::say);
        try {
            JavaScriptRuntime.Binary binary =
                    downloads.javaScriptRuntime(runtime.program(), runtime.version(), TargetPlatform.current());
            String name = binary.runtime().name();
            request.log()
                    .say("Vite and the app's server code run on " + name.charAt(0)
                            + name.substring(1).toLowerCase(Locale.ROOT) + " " + binary.version()
                            + ", the runtime of adapter '" + id + "'");
            return binary.executable();
        } catch (AdapterException e) {
            throw new UserFailure("Adapter '" + id + "': " + e.getMessage(), e.getCause());
        }
    }
}
