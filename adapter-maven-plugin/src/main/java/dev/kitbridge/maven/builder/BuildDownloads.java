package dev.kitbridge.maven.builder;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Downloads;
import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.adapter.Log;
import dev.kitbridge.adapter.Project;
import dev.kitbridge.adapter.TargetPlatform;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.Nodes;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Downloads for adapters, with the settings of the build.
 *
 * @param nodes finds or fetches runtimes
 * @param node the Node that builds
 * @param releases finds earlier releases of the module
 * @param artifacts resolves artifacts
 * @param log the log of the adapter
 * @param say called with a message for each file that is fetched
 */
public record BuildDownloads(
        Nodes nodes, NodeRuntime node, Releases releases, Artifacts artifacts, Log log, Consumer<String> say)
        implements Downloads {

    @Override
    public JavaScriptRuntime.Binary javaScriptRuntime(
            JavaScriptRuntime runtime, @Nullable String version, TargetPlatform platform) throws IOException {
        try {
            return nodes.binary(runtime, version, platform, node, say);
        } catch (UserFailure e) {
            throw new AdapterException(Objects.toString(e.getMessage()), e.getCause());
        }
    }

    @Override
    public List<Downloads.Release> previousReleases(int count, String type, @Nullable String classifier) {
        return releases.newest(count, type, classifier, log);
    }

    @Override
    public List<Project.Dependency> artifact(String groupId, String artifactId, String version) {
        return artifacts.resolve(groupId, artifactId, version);
    }
}
