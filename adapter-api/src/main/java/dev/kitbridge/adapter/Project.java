package dev.kitbridge.adapter;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Maven module that holds the app.
 *
 * @param groupId of the module
 * @param artifactId of the module
 * @param version of the module
 * @param packaging of the module, {@code jar} for example
 * @param finalName the main artifact's name without extension
 * @param baseDirectory the module's folder
 * @param appDirectory the app's folder, within the module
 * @param buildDirectory the module's {@code target}
 * @param classesDirectory the module's compiled classes and resources, {@code target/classes}
 * @param mainArtifact the module's own artifact if it has been made by now, else null
 * @param dependencies the module's runtime class path (scopes {@code compile} and {@code runtime}, with what they bring
 *     along) without its own classes, in the order of the class path
 * @param timestamp {@code project.build.outputTimestamp}, to whole seconds; null where the module does not set it
 */
public record Project(
        String groupId,
        String artifactId,
        String version,
        String packaging,
        String finalName,
        Path baseDirectory,
        Path appDirectory,
        Path buildDirectory,
        Path classesDirectory,
        @Nullable Path mainArtifact,
        List<Dependency> dependencies,
        @Nullable Instant timestamp) {

    /** Takes a copy of the dependencies. */
    public Project {
        dependencies = List.copyOf(dependencies);
    }
}
