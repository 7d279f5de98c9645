package dev.kitbridge.adapter;

import java.nio.file.Path;
import java.time.Instant;
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
        @Nullable Instant timestamp) {}
