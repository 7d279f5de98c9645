package dev.kitbridge.adapter;

import java.nio.file.Path;

/**
 * An artifact of an earlier release of the module.
 *
 * @param version of that release
 * @param file the artifact in Maven's local repository; read only
 */
public record Release(String version, Path file) {}
