package dev.kitbridge.maven.node;

import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A Node to build with.
 *
 * @param executable the program
 * @param origin the setting that selected it, for messages: {@code <nodeVersion>24}, {@code PATH}
 * @param knownVersion its version, or null if Node must be started to know it
 */
public record NodeRuntime(Path executable, String origin, @Nullable String knownVersion) {

    /** Versions by {@link #identity}: starting Node takes 40 ms, and several steps of a build ask. */
    private static final Map<String, String> VERSIONS = new ConcurrentHashMap<>();

    /** Creates a Node whose version is not known yet. */
    public NodeRuntime(Path executable, String origin) {
        this(executable, origin, null);
    }

    /** Identifies the program without starting it. */
    public String identity() throws IOException {
        Path real = executable.toRealPath();
        BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
        return real + " " + attributes.size() + " "
                + attributes.lastModifiedTime().toMillis();
    }

    /** Returns the folder that holds the program. */
    public Path folder() {
        return executable.toAbsolutePath().resolveSibling("");
    }

    /** Returns the version, {@code 24.21.0} for example; starts Node if it is not known. */
    public String version() {
        if (knownVersion != null) return knownVersion;
        try {
            String identity = identity();
            String asked = VERSIONS.get(identity);
            if (asked != null) return asked;
            ChildProcess.Result result =
                    new ChildProcess(List.of(executable.toString(), "--version"), folder(), Map.of()).run();
            String text = result.text().strip();
            if (result.succeeded() && text.matches("v\\d+\\.\\d+\\.\\d+.*")) {
                VERSIONS.put(identity, text.substring(1));
                return text.substring(1);
            }
            throw new UserFailure("'" + executable + " --version' (" + origin + ") answered '" + text
                    + "' with exit code " + result.exitCode() + "; expected a version of Node");
        } catch (IOException e) {
            throw new UserFailure(
                    "Node at " + executable + " (" + origin + ") cannot be started: " + e.getMessage(), e);
        }
    }
}
