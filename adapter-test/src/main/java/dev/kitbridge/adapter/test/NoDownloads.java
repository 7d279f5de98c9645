package dev.kitbridge.adapter.test;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Downloads;
import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.adapter.Project;
import dev.kitbridge.adapter.TargetPlatform;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The downloads of a test that sets no others: there are no earlier releases, and everything else fails. */
final class NoDownloads implements Downloads {

    @Override
    public JavaScriptRuntime.Binary javaScriptRuntime(
            JavaScriptRuntime runtime, @Nullable String version, TargetPlatform platform) {
        throw none(runtime.toString());
    }

    @Override
    public List<Release> previousReleases(int count, String type, @Nullable String classifier) {
        return List.of();
    }

    @Override
    public List<Project.Dependency> artifact(String groupId, String artifactId, String version) {
        throw none(groupId + ':' + artifactId + ':' + version);
    }

    private static AdapterException none(String what) {
        return new AdapterException("A test downloads nothing, and the adapter asked for " + what
                + "; set AdaptedModule.downloads to provide it");
    }
}
