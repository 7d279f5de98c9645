package dev.kitbridge.maven;

import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.goal.GoOffline;
import dev.kitbridge.maven.goal.GoalRequest;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Resolves adapters from npm that are installed beside the app, and writes a lock file for each:
 * {@code src/main/npm/<id>-lock.json}. A build installs exactly these versions and checks their digests.
 */
@Mojo(name = "lock", threadSafe = true)
public final class LockMojo extends AppMojo {

    /**
     * The adapters to run: one element for each, with the adapter's name, and its options as children. The same adapter
     * may be there twice: {@code <static id="docs">}. Without it, the one adapter on the plugin's class path, with
     * default options. On the command line, names separated by commas.
     */
    @Parameter(property = "adapter.adapters")
    private @Nullable PlexusConfiguration adapters;

    @Override
    void run() throws IOException {
        if (session.isOffline()) throw new UserFailure("adapter:lock needs a network; run it without -o");
        if (isModuleWithoutApp()) {
            getLog().info("This module has no SvelteKit app");
            return;
        }
        SessionModule module = module(adapters, null);
        GoalRequest request = request(module, null);
        new GoOffline(request, module.knownAdapters()).lock();
    }
}
