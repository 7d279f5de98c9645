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

    /** The programs of the environment that Maven runs in. */
    public static Programs system() {
        return new Programs(Optional.ofNullable(System.getenv("PATH")).orElse(""));
    }

    /** A program by its name without extension. */
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

    /** What a program is called in a folder, most likely first. */
    static List<String> files(String name, TargetPlatform platform) {
        return platform.os().equals("win") ? List.of(name + ".cmd", name + ".exe") : List.of(name);
    }

    /** The environment of a child that finds this Node first, and its siblings. */
    public Map<String, String> withFirst(NodeRuntime node) {
        return Map.of("PATH", node.folder() + File.pathSeparator + path);
    }

    /** Lets Node compress on all cores: a thread for each, and as many that wait for the disk. */
    public static Map<String, String> allCores() {
        String given = System.getenv("UV_THREADPOOL_SIZE");
        int threads = 2 * Runtime.getRuntime().availableProcessors();
        return Map.of("UV_THREADPOOL_SIZE", given == null ? String.valueOf(threads) : given);
    }

    /** How to run npm with a given Node: by npm's own script, since its start script would take the Node beside it. */
    public Optional<List<String>> npm(NodeRuntime node) {
        return find("npm").map(npm -> npmScript()
                .map(script -> List.of(node.executable().toString(), script.toString()))
                .orElse(List.of(npm.toString())));
    }

    /** npm's own script, {@code npm/bin/npm-cli.js}. */
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
