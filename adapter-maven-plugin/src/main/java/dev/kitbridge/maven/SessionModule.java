package dev.kitbridge.maven;

import dev.kitbridge.adapter.Downloads;
import dev.kitbridge.adapter.Log;
import dev.kitbridge.maven.adapters.AdapterEntry;
import dev.kitbridge.maven.adapters.AdapterLoader;
import dev.kitbridge.maven.adapters.ApiVersions;
import dev.kitbridge.maven.adapters.ConfiguredAdapter;
import dev.kitbridge.maven.application.ApplicationCommand;
import dev.kitbridge.maven.application.MainClass;
import dev.kitbridge.maven.builder.Artifacts;
import dev.kitbridge.maven.builder.BuildDownloads;
import dev.kitbridge.maven.builder.Releases;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.goal.MavenModule;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.Nodes;
import dev.kitbridge.maven.process.ProcessLog;
import dev.kitbridge.maven.process.Progress;
import dev.kitbridge.maven.services.AbsentServices;
import dev.kitbridge.maven.services.ClassPath;
import dev.kitbridge.maven.services.JavaServices;
import dev.kitbridge.maven.services.ModuleClasses;
import dev.kitbridge.maven.services.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/**
 * The module of a goal in Maven's session.
 *
 * @param project the module
 * @param session Maven's session
 * @param plugin this plugin
 * @param repositories resolves artifacts
 * @param nodes finds JavaScript runtimes for adapters
 * @param entries the entries of {@code <adapters>}
 * @param servicesArguments {@code <servicesArguments>}
 * @param services {@code <services>}, or null
 * @param mavenLog the goal's log
 * @param log the same for lines of processes
 * @param progress shows the last line that an adapter has logged
 */
record SessionModule(
        MavenProject project,
        MavenSession session,
        PluginDescriptor plugin,
        RepositorySystem repositories,
        Nodes nodes,
        List<AdapterEntry> entries,
        List<String> servicesArguments,
        @Nullable String services,
        org.apache.maven.plugin.logging.Log mavenLog,
        ProcessLog log,
        Progress progress)
        implements MavenModule {

    private static final String PLATFORM = "kitbridge-platform";
    private static final String STARTER = "kitbridge-spring-boot-starter";
    private static final String SPRING_BOOT = "org.springframework.boot:spring-boot-maven-plugin";
    private static final Set<String> SERVER = Set.of("kitbridge-server", "kitbridge-services");

    @Override
    public List<ConfiguredAdapter> adapters() throws IOException {
        return loader().create(entries);
    }

    /**
     * Creates the adapters that the POM names. Without names, returns none if there are several adapters or the only
     * one rejects its default options: a goal on the command line does not see an execution's configuration.
     */
    List<ConfiguredAdapter> knownAdapters() throws IOException {
        AdapterLoader loader = loader();
        if (!entries.isEmpty()) return loader.create(entries);
        try {
            return loader.found().size() == 1 ? loader.create(entries) : List.of();
        } catch (UserFailure e) {
            // the options may be set in an execution
            return List.of();
        }
    }

    private AdapterLoader loader() throws IOException {
        ApiVersions.check(
                AdapterArtifacts.apiVersion(plugin),
                AdapterArtifacts.wantedApiVersions(plugin, repositories, session, project));
        return AdapterLoader.load(getClass().getClassLoader());
    }

    @Override
    public Path directory() {
        return project.getBasedir().toPath();
    }

    @Override
    public Log log(String adapter) {
        return new AdapterLog(mavenLog, adapter, progress);
    }

    @Override
    public Downloads downloads(NodeRuntime node, Log log, Consumer<String> fetched) {
        Releases releases = MavenReleases.of(project, repositories, session.getRepositorySession());
        Artifacts artifacts =
                new MavenArtifacts(repositories, session.getRepositorySession(), project.getRemotePluginRepositories());
        return new BuildDownloads(nodes, node, releases, artifacts, log, fetched);
    }

    /** Whether the module is a Spring Boot application that serves the app: it depends on the starter. */
    boolean isApplication() {
        return project.getArtifacts().stream()
                .anyMatch(artifact -> artifact.getArtifactId().equals(STARTER));
    }

    /**
     * Returns how to start the module's Spring Boot application, with the class path that Spring Boot's own plugin
     * uses: everything but dependencies of tests.
     *
     * @param mainClass {@code <mainClass>}, or null
     * @param arguments of the application
     */
    ApplicationCommand application(@Nullable String mainClass, List<String> arguments, boolean tests)
            throws IOException {
        Path classes = Path.of(project.getBuild().getOutputDirectory());
        String main = mainClass == null ? configuredMainClass() : mainClass;
        List<Path> classPath = new ArrayList<>();
        if (tests) classPath.add(Path.of(project.getBuild().getTestOutputDirectory()));
        classPath.add(classes);
        for (Artifact artifact : project.getArtifacts()) {
            boolean isOfTests = Artifact.SCOPE_TEST.equals(artifact.getScope());
            if (artifact.getFile() != null
                    && (tests || !isOfTests)
                    && artifact.getArtifactHandler().isAddedToClasspath())
                classPath.add(artifact.getFile().toPath());
        }
        return new ApplicationCommand(
                main == null ? MainClass.find(classes) : main,
                new ClassPath(classPath),
                servicesArguments,
                arguments,
                project.getBasedir().toPath());
    }

    /** Returns the main class that the POM names for Spring Boot's plugin, or null. */
    private @Nullable String configuredMainClass() {
        Plugin boot = project.getPlugin(SPRING_BOOT);
        if (boot != null
                && boot.getConfiguration() instanceof Xpp3Dom configuration
                && configuration.getChild("mainClass") != null) {
            String value = configuration.getChild("mainClass").getValue();
            if (value != null && !value.isBlank() && !value.contains("${")) return value;
        }
        return project.getProperties().getProperty("start-class");
    }

    @Override
    public ModuleClasses classes(boolean tests) throws IOException {
        boolean possible = project.getArtifacts().stream()
                .anyMatch(artifact -> artifact.getArtifactId().equals(PLATFORM));
        if (!possible) return ModuleClasses.NONE;
        try {
            List<String> elements = tests ? project.getTestClasspathElements() : project.getRuntimeClasspathElements();
            return ModuleClasses.of(elements.stream().map(Path::of).toList());
        } catch (DependencyResolutionRequiredException e) {
            throw new IOException("the class path of " + project.getId() + " is not known", e);
        }
    }

    @Override
    public @Nullable ServiceProcess services(boolean tests) throws IOException {
        List<Path> host = plugin.getArtifacts().stream()
                .filter(artifact -> artifact.getFile() != null && isOfServer(artifact))
                .map(artifact -> artifact.getFile().toPath())
                .toList();
        return classes(tests)
                .services(host, servicesArguments, project.getBasedir().toPath(), log);
    }

    @Override
    public @Nullable JavaServices buildServices() throws IOException {
        if (services != null && !services.equals("spring"))
            throw new UserFailure("<services> is '" + services + "'; it accepts spring");
        if (!isApplication()) {
            if (services == null) return services(false);
            throw new UserFailure("<services> is 'spring', but the module does not depend on " + STARTER);
        }
        if (services != null) return application(null, List.of(), false).services(log);
        if (classes(false).interfaces().isEmpty()) return null;
        return new AbsentServices("the services of this module are Spring beans, and no application runs during a"
                + " build; set <services>spring</services> in the POM if the application may start then");
    }

    /** Returns whether an artifact of the plugin is the server or one of its dependencies. */
    private static boolean isOfServer(Artifact artifact) {
        if (SERVER.contains(artifact.getArtifactId())) return true;
        // the module depends on it with the version that its services were compiled against
        if (artifact.getArtifactId().equals(PLATFORM)) return false;
        return Set.of("tools.jackson.core", "com.fasterxml.jackson.core", "org.ow2.asm", "org.jspecify")
                .contains(artifact.getGroupId());
    }
}
