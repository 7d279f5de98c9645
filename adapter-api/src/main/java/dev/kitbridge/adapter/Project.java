package dev.kitbridge.adapter;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Maven module that contains the app. Paths are absolute.
 *
 * @param groupId the module's group id
 * @param artifactId the module's artifact id
 * @param version the module's version
 * @param packaging the module's packaging, such as {@code jar}
 * @param finalName the file name of the main artifact, without extension
 * @param baseDirectory the module's folder
 * @param appDirectory the app's folder: the module's folder, or one below it
 * @param buildDirectory the module's {@code target}
 * @param classesDirectory the compiled classes and resources, {@code target/classes}
 * @param mainArtifact the module's packaged artifact; null if it has not been packaged yet
 * @param dependencies the runtime class path (scopes {@code compile} and {@code runtime}, with transitive dependencies)
 *     in order, without the module's own classes
 * @param timestamp {@code project.build.outputTimestamp}, in whole seconds; null if the module does not set it
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

    /**
     * Copies the list of dependencies.
     *
     * @param groupId the module's group id
     * @param artifactId the module's artifact id
     * @param version the module's version
     * @param packaging the module's packaging
     * @param finalName the file name of the main artifact, without extension
     * @param baseDirectory the module's folder
     * @param appDirectory the app's folder
     * @param buildDirectory the module's {@code target}
     * @param classesDirectory the compiled classes and resources
     * @param mainArtifact the module's packaged artifact, or null
     * @param dependencies the runtime class path
     * @param timestamp the time stamp of the output, or null
     */
    public Project {
        dependencies = List.copyOf(dependencies);
    }

    /**
     * An artifact on the module's runtime class path.
     *
     * @param groupId the artifact's group id
     * @param artifactId the artifact's artifact id
     * @param version the declared version: {@code 1.0-SNAPSHOT} even if the snapshot has a time stamp
     * @param classifier the artifact's classifier; null if it has none
     * @param file the jar, or a folder of classes if the artifact is a module of this build that is not packaged yet
     */
    public record Dependency(
            String groupId, String artifactId, String version, @Nullable String classifier, Path file) {}
}
