package dev.kitbridge.adapter;

import java.nio.file.Path;
import java.util.List;

/** A program that runs JavaScript on a server and whose official binaries are on the npm registry. */
public enum JavaScriptRuntime {
    /** Node. */
    NODE,
    /** Bun. If it has several builds for a platform, the one that runs on the oldest processors is used. */
    BUN;

    /**
     * A JavaScript runtime as a single executable file that needs no other files.
     *
     * @param runtime the runtime
     * @param version the exact version, such as {@code 24.21.0}
     * @param platform the operating system and processor that it runs on, which can differ from those of the build
     * @param executable the file, named {@code node}, {@code bun} or the same with {@code .exe}; read only, since other
     *     builds use the same cache
     */
    public record Binary(JavaScriptRuntime runtime, String version, TargetPlatform platform, Path executable) {}

    /**
     * The runtime and the platforms that an adapter's output runs on.
     *
     * @param runtime the runtime
     * @param platforms operating systems and processors; empty if they are not known at build time
     */
    public record Target(JavaScriptRuntime runtime, List<TargetPlatform> platforms) {

        /**
         * Copies the list.
         *
         * @param runtime the runtime
         * @param platforms operating systems and processors
         */
        public Target {
            platforms = List.copyOf(platforms);
        }
    }
}
