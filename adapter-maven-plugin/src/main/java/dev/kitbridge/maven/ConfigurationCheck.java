package dev.kitbridge.maven;

import dev.kitbridge.maven.adapters.AdapterLoader;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.ConfigurationContainer;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * Checks the names of the plugin's parameters in the POM and on the command line. It reads the POM's model, because
 * Maven removes unknown elements from the configuration of a goal.
 */
record ConfigurationCheck(MavenSession session, MavenProject project, PluginDescriptor plugin, MojoExecution running) {

    void run(Consumer<String> warn) {
        // a name that is no parameter may be an adapter or an option of one
        UnaryOperator<String> advice =
                element -> AdapterLoader.load(getClass().getClassLoader()).advice(element);
        Parameters parameters = Parameters.of(plugin);
        Plugin declared = declared();
        Set<String> ofPlugin = elements(declared);
        parameters.check(ofPlugin, "the plugin's <configuration>", advice);
        PluginExecution execution =
                declared == null ? null : declared.getExecutionsAsMap().get(running.getExecutionId());
        // Maven has merged the plugin's configuration into the execution's
        Set<String> own = elements(execution);
        own.removeAll(ofPlugin);
        parameters.check(own, "the <configuration> of execution '" + running.getExecutionId() + "'", advice);
        if (execution != null && isFirst(execution.getGoals())) {
            parameters.misplaced(own, execution.getId(), execution.getGoals()).forEach(warn);
        }
        Set<String> given = session.getUserProperties().stringPropertyNames();
        parameters
                .checkProperties(given, project.getProperties().stringPropertyNames())
                .forEach(warn);
        if (running.getSource() == MojoExecution.Source.CLI) {
            parameters.misplacedProperties(given, goalsOfCommandLine()).forEach(warn);
        }
    }

    /** Returns whether this is the first goal of its execution: the other goals would repeat the warnings. */
    private boolean isFirst(List<String> goals) {
        return !goals.isEmpty() && goals.get(0).equals(running.getGoal());
    }

    private @Nullable Plugin declared() {
        String key = plugin.getGroupId() + ":" + plugin.getArtifactId();
        Plugin declared = project.getPlugin(key);
        if (declared != null || project.getPluginManagement() == null) return declared;
        return project.getPluginManagement().getPluginsAsMap().get(key);
    }

    /** Finds goals in both notations: {@code adapter:dev} and {@code dev.kitbridge:adapter-maven-plugin:dev@id}. */
    private Collection<String> goalsOfCommandLine() {
        Set<String> goals = new LinkedHashSet<>(List.of(running.getGoal()));
        for (String task : session.getGoals()) {
            if (task.startsWith("adapter:") || task.contains(":" + plugin.getArtifactId() + ":")) {
                goals.add(task.substring(task.lastIndexOf(':') + 1).replaceFirst("@.*", ""));
            }
        }
        return goals;
    }

    private static Set<String> elements(@Nullable ConfigurationContainer container) {
        Set<String> names = new LinkedHashSet<>();
        if (container != null && container.getConfiguration() instanceof Xpp3Dom configuration) {
            Stream.of(configuration.getChildren()).map(Xpp3Dom::getName).forEach(names::add);
        }
        return names;
    }
}
