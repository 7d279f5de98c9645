package dev.kitbridge.maven.build;

import dev.kitbridge.maven.json.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The part of a {@link LastBuild} that tells whether the app's sources are unchanged. Reading it is quicker, since it
 * needs no data binding.
 *
 * @param digests digests of the files, by {@link Facts#FILE} and their paths
 * @param outDir SvelteKit's {@code outDir}
 */
record LastSources(JsonNode digests, String outDir) {

    /** Reads the state in a folder; returns null if it is missing or has another format. */
    static @Nullable LastSources read(Path folder) throws IOException {
        Path file = folder.resolve(LastBuild.FILE);
        if (!Files.isRegularFile(file)) return null;
        try {
            JsonNode state = JsonTree.read(Files.readString(file));
            return new LastSources(
                    state.path("facts").path("values"), state.path("outDir").asString(""));
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Returns whether the app has no new or changed source. */
    boolean matches(AppSources sources) {
        for (Map.Entry<String, String> file : sources.digests().entrySet()) {
            if (!digests.path(Facts.FILE + file.getKey()).asString("").equals(file.getValue())) return false;
        }
        return true;
    }
}
