package dev.kitbridge.maven.node;

import dev.kitbridge.adapter.TargetPlatform;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Programs on a search path.
 *
 * @param path the value of {@code PATH}
 */
public record Programs(String path) {

    /** Returns the programs on Maven's own search path. */
    public static Programs system() {
        return new Programs(Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    /** Finds a program by its name without extension. */
    public Optional<Path> find(String name) {
        for (String folder : path.split(File.pathSeparator, -1)) {
            if (folder.isEmpty()) continue;
            for (String file : files(name, TargetPlatform.current())) {
                Path candidate = Path.of(folder, file);
                if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** Returns the file names of a program, most likely first. */
    static List<String> files(String name, TargetPlatform platform) {
        return platform.os().equals("win") ? List.of(name + ".cmd", name + ".exe") : List.of(name);
    }

    /** Returns an environment in which {@code PATH} starts with the folder of this Node. */
    public Map<String, String> withFirst(NodeRuntime node) {
        return Map.of("PATH", node.folder() + File.pathSeparator + path);
    }

    /**
     * Returns an environment in which Node compresses on all cores: a thread for each core, and as many threads that
     * wait for the disk.
     */
    public static Map<String, String> allCores() {
        String given = System.getenv("UV_THREADPOOL_SIZE");
        int threads = 2 * Runtime.getRuntime().availableProcessors();
        return Map.of("UV_THREADPOOL_SIZE", given == null ? String.valueOf(threads) : given);
    }

    /**
     * Returns the command line of npm with this Node. It runs npm's script directly, because the start script of npm
     * uses the Node beside itself.
     */
    public Optional<List<String>> npm(NodeRuntime node) {
        return find("npm").map(npm -> npmScript()
                .map(script -> List.of(node.executable().toString(), script.toString()))
                .orElse(List.of(npm.toString())));
    }

    /** Finds npm's script, {@code npm/bin/npm-cli.js}. */
    public Optional<Path> npmScript() {
        return find("npm").map(Programs::npmScript).filter(Files::isRegularFile);
    }

    private static Path npmScript(Path npm) {
        try {
            Path real = npm.toRealPath();
            if (real.endsWith("npm-cli.js")) return real;
            Path folder = real.resolveSibling("");
            Path beside = folder.resolve("node_modules/npm/bin/npm-cli.js");
            return Files.isRegularFile(beside)
                    ? beside
                    : folder.resolve("../lib/node_modules/npm/bin/npm-cli.js").normalize();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
