package dev.kitbridge.maven;

import dev.kitbridge.maven.goal.BuildRequest;
import dev.kitbridge.maven.goal.GoalRequest;
import java.io.IOException;
import org.apache.maven.plugins.annotations.Parameter;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/** The parameters that all building goals share. */
abstract class BuildMojo extends AppMojo {

    /**
     * The adapters to run: one element for each, with the adapter's name, and its options as children. The same adapter
     * may be there twice: {@code <static id="docs">}. Without it, the one adapter on the plugin's class path, with
     * default options. On the command line, names separated by commas.
     */
    @Parameter(property = "adapter.adapters")
    private @Nullable PlexusConfiguration adapters;

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
     * The services of pages that are prerendered. {@code spring} starts the module's Spring Boot application for them,
     * if it depends on {@code kitbridge-spring-boot-starter}: its context must be able to start during the build.
     */
    @Parameter(property = "adapter.services")
    private @Nullable String services;

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

    /** Converts the parameters to a request. */
    BuildRequest request() throws IOException {
        GoalRequest shared = request(module(adapters, servicesArguments, services), environmentVariables);
        return new BuildRequest(
                shared, Modules.project(project, shared.app()), mode, commands(beforeBuild), commands(afterBuild));
    }
}
