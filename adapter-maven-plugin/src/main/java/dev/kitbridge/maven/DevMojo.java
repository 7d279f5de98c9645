package dev.kitbridge.maven;

import dev.kitbridge.maven.goal.AppServer;
import dev.kitbridge.maven.goal.DevRequest;
import dev.kitbridge.maven.goal.GoalRequest;
import java.io.IOException;
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
public final class DevMojo extends AppMojo {

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

    /**
     * Whether to start the module's Spring Boot application, if the module depends on
     * {@code kitbridge-spring-boot-starter}. If not, Vite waits for an application that is started elsewhere, from an
     * IDE for example, with the property {@code kitbridge.dev.vite}.
     */
    @Parameter(property = "adapter.application", defaultValue = "true")
    private boolean application = true;

    /**
     * The main class of the Spring Boot application. By default that of {@code spring-boot-maven-plugin}'s
     * configuration, else the module's class with {@code @SpringBootApplication}.
     */
    @Parameter(property = "adapter.mainClass")
    private @Nullable String mainClass;

    /** Arguments of the Spring Boot application, separated by spaces: {@code --spring.profiles.active=dev}. */
    @Parameter(property = "adapter.applicationArguments", defaultValue = "")
    private @Nullable String applicationArguments;

    @Override
    void run() throws IOException {
        if (isModuleWithoutApp()) return;
        SessionModule module = module(adapters, servicesArguments);
        GoalRequest shared = request(module, environmentVariables);
        DevRequest request = new DevRequest(
                shared,
                listen(host, port, front),
                mode,
                commands(beforeDev),
                useTestClasspath,
                module.isApplication() ? application(module) : null);
        try (PomWatch pom = PomWatch.of(project, getLog()::warn)) {
            pom.start();
            AppServer.develop(request);
        }
    }

    private DevRequest.Application application(SessionModule module) throws IOException {
        return new DevRequest.Application(
                application ? module.application(mainClass, words(applicationArguments), useTestClasspath) : null);
    }
}
