package dev.kitbridge.maven.app;

import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.json.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A SvelteKit app in a folder.
 *
 * @param directory the app's folder, absolute
 */
public record App(Path directory) {

    private static final List<String> PLACES =
            List.of("src/main/svelte", "src/main/frontend", "src/main/webapp", "frontend");
    private static final List<String> CONFIGS = List.of(
            "vite.config.js",
            "vite.config.ts",
            "vite.config.mjs",
            "vite.config.mts",
            "vite.config.cjs",
            "vite.config.cts",
            "svelte.config.js",
            "svelte.config.ts");

    /**
     * Finds the app of a module.
     *
     * @param configured {@code <appDirectory>}
     * @throws UserFailure if the module has no app
     */
    public static App find(@Nullable Path configured, Path baseDirectory) throws IOException {
        if (configured != null) {
            if (isApp(configured)) return new App(configured.toRealPath());
            throw new UserFailure("No SvelteKit app in <appDirectory> " + configured + ": "
                    + (Files.isDirectory(configured)
                            ? "the folder has neither a vite.config.* nor a svelte.config.*"
                            : "there is no such folder")
                    + "; set it to the folder that holds the app's vite.config");
        }
        return in(baseDirectory)
                .orElseThrow(() -> new UserFailure(
                        "No SvelteKit app found: there is no vite.config.* and no svelte.config.* in " + baseDirectory
                                + ", " + String.join(", ", PLACES) + "; set <appDirectory> to the app's folder"));
    }

    /** Finds the app in one of the default folders of a module. */
    public static Optional<App> in(Path baseDirectory) throws IOException {
        if (isApp(baseDirectory)) return Optional.of(new App(baseDirectory.toRealPath()));
        for (String place : PLACES) {
            Path folder = baseDirectory.resolve(place);
            if (isApp(folder)) return Optional.of(new App(folder.toRealPath()));
        }
        return Optional.empty();
    }

    private static boolean isApp(Path folder) {
        return CONFIGS.stream().anyMatch(name -> Files.isRegularFile(folder.resolve(name)));
    }

    /** Returns the folder in which Kitbridge keeps the bridge and its records. */
    public Path scratch() {
        return directory.resolve(".svelte-kit/kitbridge");
    }

    /** Reads the app's {@code package.json}. */
    public JsonNode packageJson() throws IOException {
        return read(directory.resolve("package.json"));
    }

    /** Finds an installed package in the folders that Node searches. */
    public Optional<InstalledPackage> installed(String name) throws IOException {
        for (Path folder = directory; folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("node_modules").resolve(name).resolve("package.json");
            if (Files.isRegularFile(file)) {
                JsonNode json = read(file);
                return Optional.of(new InstalledPackage(
                        json.path("version").asString(""),
                        json.path("engines").path("node").asString("")));
            }
        }
        return Optional.empty();
    }

    /** Reads a JSON file of the app or of a package. */
    public static JsonNode read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UserFailure(file + " does not exist; a SvelteKit app has one");
        }
        try {
            return JsonTree.read(Files.readString(file));
        } catch (JacksonException e) {
            throw new UserFailure(
                    file + " is not JSON: " + e.getOriginalMessage() + " in line "
                            + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr(),
                    e);
        }
    }

    /**
     * A package in {@code node_modules}.
     *
     * @param version {@code 3.2.0}
     * @param nodeRange its {@code engines.node}, or empty
     */
    public record InstalledPackage(String version, String nodeRange) {}
}
