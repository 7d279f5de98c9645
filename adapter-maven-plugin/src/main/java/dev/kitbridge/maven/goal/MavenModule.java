package dev.kitbridge.maven.goal;

import dev.kitbridge.adapter.Downloads;
import dev.kitbridge.adapter.Log;
import dev.kitbridge.maven.adapters.ConfiguredAdapter;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.services.JavaServices;
import dev.kitbridge.maven.services.ModuleClasses;
import dev.kitbridge.maven.services.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The Maven module that a goal runs in. Each method computes its result when it is called, so that a slow one can run
 * while Node loads Vite.
 */
public interface MavenModule {

    /**
     * Creates the adapters that the POM names; without names, the only adapter on the plugin's class path.
     *
     * @throws dev.kitbridge.maven.failure.UserFailure if an entry is wrong, or there is no adapter
     */
    List<ConfiguredAdapter> adapters() throws IOException;

    /** Returns the module's folder. */
    Path directory();

    /** Returns the log of an adapter, in which each line starts with the adapter's id. */
    Log log(String adapter);

    /**
     * Returns the downloads for an adapter.
     *
     * @param node the Node that builds
     * @param fetched takes a message for each file that is fetched
     */
    Downloads downloads(NodeRuntime node, Log log, Consumer<String> fetched);

    /**
     * Finds the module's class path and its service interfaces.
     *
     * @param tests whether to use the class path of the tests
     */
    ModuleClasses classes(boolean tests) throws IOException;

    /**
     * Returns the module's services, not started yet; null if it has no service with an implementation.
     *
     * @param tests whether to use the class path of the tests
     */
    @Nullable
    ServiceProcess services(boolean tests) throws IOException;

    /**
     * Returns the services for pages that are prerendered, and for previews, not started yet; null if the module has
     * none. The services of a Spring Boot application are its beans, so that the application has to be started.
     *
     * @throws dev.kitbridge.maven.failure.UserFailure if {@code <services>} has another value than {@code spring}
     */
    @Nullable
    JavaServices buildServices() throws IOException;
}
