package dev.kitbridge.maven;

import dev.kitbridge.maven.adapters.AdapterLoader;
import java.util.List;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Lists the adapters on the plugin's class path: their artifacts, and their options with types and defaults. */
@Mojo(name = "list", requiresProject = false, threadSafe = true)
@SuppressWarnings("NullAway.Init")
public final class ListMojo extends AbstractMojo {

    /** Does nothing. */
    @Parameter(property = "adapter.skip", defaultValue = "false")
    private boolean skip;

    @Parameter(defaultValue = "${plugin}", readonly = true)
    private PluginDescriptor plugin;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) return;
        try {
            List<String> lines =
                    AdapterLoader.load(getClass().getClassLoader()).describe(AdapterArtifacts.names(plugin));
            if (lines.isEmpty()) getLog().info("There is no adapter on the plugin's class path");
            lines.forEach(getLog()::info);
        } catch (RuntimeException e) {
            MojoFailures.rethrow(e, false);
        }
    }
}
