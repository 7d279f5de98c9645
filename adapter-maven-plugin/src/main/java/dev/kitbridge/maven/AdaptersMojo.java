package dev.kitbridge.maven;

import dev.kitbridge.adapter.Downloads;
import dev.kitbridge.adapter.Log;
import dev.kitbridge.maven.adapters.AdapterEntry;
import dev.kitbridge.maven.adapters.AdapterLoader;
import dev.kitbridge.maven.adapters.ApiVersions;
import dev.kitbridge.maven.adapters.ConfiguredAdapter;
import dev.kitbridge.maven.builder.BuildDownloads;
import dev.kitbridge.maven.builder.Releases;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.node.NodeRuntime;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Parameter;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/** What the goals that ask adapters have in common. */
@SuppressWarnings("NullAway.Init")
abstract class AdaptersMojo extends AppMojo {

    /**
     * The adapters to run: one element for each, with the adapter's name, and its options as children. The same adapter
     * may be there twice: {@code <static id="docs">}. Without it, the one adapter on the plugin's class path, with
     * default options. On the command line, names separated by commas.
     */
    @Parameter(property = "adapter.adapters")
    private @Nullable PlexusConfiguration adapters;

    @Inject
    private RepositorySystem repositories;

    /** The adapters that the POM names; without names, the one that there is. */
    List<ConfiguredAdapter> adapters() throws IOException {
        return loader().create(entries());
    }

    /** As {@link #adapters}, but none where a goal on the command line cannot know which: it sees no executions. */
    List<ConfiguredAdapter> knownAdapters() throws IOException {
        AdapterLoader loader = loader();
        List<AdapterEntry> entries = entries();
        if (!entries.isEmpty()) return loader.create(entries);
        try {
            return loader.found().size() == 1 ? loader.create(entries) : List.of();
        } catch (UserFailure e) {
            // its options may stand in an execution
            return List.of();
        }
    }

    /** An adapter without {@code <adapters>} around it, or an option without its adapter. */
    @Override
    String advice(String element) {
        return AdapterLoader.load(getClass().getClassLoader()).advice(element);
    }

    /** What an adapter can have fetched. */
    Downloads downloads(NodeRuntime node, Log log, Consumer<String> say) {
        Releases releases = MavenReleases.of(project, repositories, session.getRepositorySession());
        return new BuildDownloads(nodes(), node, releases, log, say);
    }

    private AdapterLoader loader() throws IOException {
        ApiVersions.check(
                AdapterArtifacts.apiVersion(plugin),
                AdapterArtifacts.wantedApiVersions(plugin, repositories, session, project));
        return AdapterLoader.load(getClass().getClassLoader());
    }

    private List<AdapterEntry> entries() {
        return AdapterEntry.read(Xml.element(adapters, this::property));
    }

    /** A property as Maven looks it up for parameters: the command line's first. */
    @Nullable
    String property(String name) {
        String given = session.getUserProperties().getProperty(name);
        return given == null ? project.getProperties().getProperty(name) : given;
    }
}
