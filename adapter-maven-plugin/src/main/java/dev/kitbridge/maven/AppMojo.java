package dev.kitbridge.maven;

import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.app.FileNames;
import dev.kitbridge.maven.failure.Defect;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.Nodes;
import dev.kitbridge.maven.node.Programs;
import dev.kitbridge.maven.packages.Packages;
import dev.kitbridge.maven.process.ProcessLog;
import dev.kitbridge.maven.process.Progress;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** What all goals that work on an app have in common. */
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

    @Parameter(defaultValue = "${project}", readonly = true)
    MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true)
    MavenSession session;

    @Parameter(defaultValue = "${plugin}", readonly = true)
    PluginDescriptor plugin;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true)
    private MojoExecution execution;

    private final Progress progress = new Progress(line -> getLog().info(line));

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("Skipped (adapter.skip)");
            return;
        }
        try {
            new ConfigurationCheck(session, project, plugin, execution).run(getLog()::warn, this::advice);
            run();
        } catch (UserFailure e) {
            throw new MojoFailureException(e.getMessage(), shown(e.getCause()));
        } catch (InvalidPathException e) {
            UserFailure named = FileNames.system().failure(e);
            throw new MojoFailureException(named.getMessage(), shown(named.getCause()));
        } catch (Defect e) {
            throw new MojoExecutionException(e.getMessage(), shown(e.getCause()));
        } catch (IOException | UncheckedIOException e) {
            throw new MojoExecutionException("Reading or writing failed: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new MojoExecutionException(
                    "adapter-maven-plugin failed: " + e + "; this is a bug in it; run Maven with -e to see where",
                    shown(e));
        }
    }

    abstract void run() throws IOException;

    /** What to do about an element that is no parameter; an empty text if nothing is known about its name. */
    String advice(String element) {
        return "";
    }

    /** A cause with {@code -e}, else null: Maven appends the messages of causes to the message. */
    private @Nullable Throwable shown(@Nullable Throwable cause) {
        return session.getRequest().isShowErrors() ? cause : null;
    }

    App app() throws IOException {
        App app = App.find(
                appDirectory == null ? null : appDirectory.toPath(),
                project.getBasedir().toPath());
        // package managers would look for another one above, or make do without
        app.packageJson();
        FileNames.system().check(app);
        return app;
    }

    /** Whether this is one of several modules, and one without an app: a goal of the command line runs in each. */
    boolean isModuleWithoutApp() throws IOException {
        return appDirectory == null
                && session.getProjects().size() > 1
                && App.in(project.getBasedir().toPath()).isEmpty();
    }

    Nodes nodes() {
        return new Nodes(
                nodeExecutable == null ? null : nodeExecutable.toPath(),
                nodeVersion,
                cacheDirectory == null ? null : cacheDirectory.toPath(),
                session.isOffline(),
                session.getRequest().isUpdateSnapshots(),
                Programs.system());
    }

    Packages packages() {
        try {
            Packages.Mode mode = Packages.Mode.valueOf(install.toUpperCase(Locale.ROOT));
            return new Packages(mode, session.isOffline(), Programs.system());
        } catch (IllegalArgumentException e) {
            throw new UserFailure("<install> is '" + install + "'; it accepts auto, always, never", e);
        }
    }

    /** The Node to build with, fetched if that is necessary. */
    NodeRuntime node(App app, Consumer<String> fetching) throws IOException {
        return progress.step("Finding Node", () -> nodes().find(app.directory(), message -> {
            progress.at(message);
            getLog().info(message);
            fetching.accept(message);
        }));
    }

    /** What runs, and how long each step took. */
    Progress progress() {
        return progress;
    }

    ProcessLog output() {
        return new ProcessLog(getLog()::info, getLog()::warn, getLog()::error, Terminal.hasColours(session));
    }
}
