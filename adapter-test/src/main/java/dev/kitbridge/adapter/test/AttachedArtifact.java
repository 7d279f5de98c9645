package dev.kitbridge.adapter.test;

import java.nio.file.Path;

/**
 * A file that the adapter attached to the module.
 *
 * @param file the absolute path
 * @param type the extension of the artifact
 * @param classifier the classifier of the artifact
 */
public record AttachedArtifact(Path file, String type, String classifier) {}
