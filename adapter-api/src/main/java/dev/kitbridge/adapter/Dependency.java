package dev.kitbridge.adapter;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An artifact on the module's runtime class path.
 *
 * @param groupId of the artifact
 * @param artifactId of the artifact
 * @param version as it is declared, {@code 1.0-SNAPSHOT} even where a snapshot has a time stamp
 * @param classifier what tells it from other artifacts of the same coordinates, null: nothing
 * @param file its jar; a folder of classes where it comes from the same reactor and has not been packaged
 */
public record Dependency(String groupId, String artifactId, String version, @Nullable String classifier, Path file) {}
