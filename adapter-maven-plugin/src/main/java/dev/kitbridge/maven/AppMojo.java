package dev.kitbridge.maven;

import dev.kitbridge.maven.adapters.AdapterEntry;
import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.app.FileNames;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.goal.GoalRequest;
import dev.kitbridge.maven.goal.Listen;
import dev.kitbridge.maven.goal.MavenModule;
import dev.kitbridge.maven.node.Nodes;
import dev.kitbridge.maven.node.Programs;
import dev.kitbridge.maven.packages.Packages;
import dev.kitbridge.maven.process.ProcessLog;
import dev.kitbridge.maven.process.Progress;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/** The parameters that all goals of an app share, and the way from a failure to Maven. */
@SuppressWarnings("NullAway.Init")
abstract class AppMojo extends AbstractMojo {

    /** Does nothing. */
    @Parameter(property = "adapter.skip", defaultValue = "false")
    private boolean skip;

    /**
     * The app's folder. By default the module's own, if it has a {@code vite.config.*} or {@code svelte.config.*}, else
     * {@code src/main/svelte}, {@code src/main/frontend}, {@code src/main/webapp} or {@code frontend}.
     */
    @Parameter(property = "adapter.appDirectory")
    private @Nullable File appDirectory;

    /** The Node to build with. */
    @Parameter(property = "adapter.nodeExecutable")
    private @Nullable File nodeExecutable;

    /**
     * The version of Node to fetch through npm and to build with: {@code 24}, {@code 24.21.0}, or {@code auto} for what
     * the app's {@code .nvmrc}, {@code .node-version}, {@code devEngines} or {@code engines} asks for. Without it, the
     * Node in the app's {@code node_modules}, else the one on {@code PATH}.
     */
    @Parameter(property = "adapter.nodeVersion")
    private @Nullable String nodeVersion;

    /**
     * Where fetched versions of Node, and of Bun for adapters, are kept; by default {@code kitbridge} in the user's
     * cache folder.
     */
    @Parameter(property = "adapter.cacheDirectory")
    private @Nullable File cacheDirectory;

    /**
     * When to install the app's packages: {@code auto} (when {@code node_modules} is missing or the lock file changed
     * since), {@code always} or {@code never}.
     */
    @Parameter(property = "adapter.install", defaultValue = "auto")
    private String install;

    /**
     * Accepts a version of SvelteKit that is not supported, with a warning. The build fails if the structure of that
     * version is unknown.
     */
    @Parameter(property = "adapter.anySvelteKit", defaultValue = "false")
    private boolean anySvelteKit;

    @Parameter(defaultValue = "${project}", readonly = true)
    MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true)
    MavenSession session;

    @Parameter(defaultValue = "${plugin}", readonly = true)
    PluginDescriptor plugin;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true)
    private MojoExecution execution;

    @Inject
    private RepositorySystem repositories;

    private final Progress progress = new Progress(line -> getLog().info(line));

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("Skipped (adapter.skip)");
            return;
        }
        try {
            new ConfigurationCheck(session, project, plugin, execution).run(getLog()::warn);
            run();
        } catch (IOException | RuntimeException e) {
            MojoFailures.rethrow(e, session.getRequest().isShowErrors());
        }
    }

    /** Converts the parameters to a request, and runs it. */
    abstract void run() throws IOException;

    /** Finds the app. */
    App app() throws IOException {
        App app = App.find(
                appDirectory == null ? null : appDirectory.toPath(),
                project.getBasedir().toPath());
        // a package manager would use the package.json of a parent folder, or none
        app.packageJson();
        FileNames.system().check(app);
        return app;
    }

    /** Returns whether this module has no app and is one of several: a goal of the command line runs in each. */
    boolean isModuleWithoutApp() throws IOException {
        return appDirectory == null
                && session.getProjects().size() > 1
                && App.in(project.getBasedir().toPath()).isEmpty();
    }

    /** Creates the part of a request that all goals with adapters share. */
    GoalRequest request(MavenModule module, @Nullable PlexusConfiguration environmentVariables) throws IOException {
        return new GoalRequest(
                app(),
                anySvelteKit,
                nodes(),
                packages(),
                Xml.variables(xml(environmentVariables)),
                module,
                log(),
                progress);
    }

    /** Returns the module in Maven's session, with values of {@code <adapters>} and {@code <servicesArguments>}. */
    SessionModule module(@Nullable PlexusConfiguration adapters, @Nullable String servicesArguments) {
        return module(adapters, servicesArguments, null);
    }

    /** Returns the module as above, with the value of {@code <services>}. */
    SessionModule module(
            @Nullable PlexusConfiguration adapters, @Nullable String servicesArguments, @Nullable String services) {
        return new SessionModule(
                project,
                session,
                plugin,
                repositories,
                nodes(),
                AdapterEntry.read(xml(adapters)),
                words(servicesArguments),
                services,
                getLog(),
                log(),
                progress);
    }

    /** Splits a parameter at its spaces. */
    static List<String> words(@Nullable String parameter) {
        return parameter == null || parameter.isBlank()
                ? List.of()
                : List.of(parameter.strip().split("\\s+", -1));
    }

    /** Creates the part of a request that all serving goals share. */
    Listen listen(@Nullable String host, @Nullable Integer port, boolean front) {
        List<Path> outputs = session.getProjects().stream()
                .map(module -> Path.of(module.getBuild().getDirectory()))
                .toList();
        return new Listen(host, port, front, project.getArtifactId() + " " + project.getVersion(), outputs);
    }

    /** Reads a parameter that names commands; null if it is not set. */
    @Nullable
    List<String> commands(@Nullable PlexusConfiguration parameter) {
        return Xml.commands(xml(parameter));
    }

    ProcessLog log() {
        return new ProcessLog(getLog()::info, getLog()::warn, getLog()::error, Terminal.hasColours(session));
    }

    private Nodes nodes() {
        return new Nodes(
                nodeExecutable == null ? null : nodeExecutable.toPath(),
                nodeVersion,
                cacheDirectory == null ? null : cacheDirectory.toPath(),
                session.isOffline(),
                session.getRequest().isUpdateSnapshots(),
                Programs.system());
    }

    private Packages packages() {
        try {
            Packages.Mode mode = Packages.Mode.valueOf(install.toUpperCase(Locale.ROOT));
            return new Packages(mode, session.isOffline(), Programs.system());
        } catch (IllegalArgumentException e) {
            throw new UserFailure("<install> is '" + install + "'; it accepts auto, always, never", e);
        }
    }

    private AdapterEntry.Element xml(@Nullable PlexusConfiguration parameter) {
        return Xml.element(parameter, this::property);
    }

    /** Looks up a property as Maven does for parameters: a property of the command line wins. */
    private @Nullable String property(String name) {
        String given = session.getUserProperties().getProperty(name);
        return given == null ? project.getProperties().getProperty(name) : given;
    }
}
