package dev.kitbridge.adapter;

import java.nio.file.Path;

/**
 * A JavaScript runtime for a platform, as a single file that needs nothing beside it.
 *
 * @param runtime which one
 * @param version exact, {@code 24.21.0}
 * @param platform where it runs; not necessarily the machine that builds
 * @param executable the file, in a cache that other builds use as well: read only, {@code node}, {@code bun} or the
 *     same with {@code .exe}
 */
public record RuntimeBinary(JavaScriptRuntime runtime, String version, Platform platform, Path executable) {}
