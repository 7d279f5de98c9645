package dev.kitbridge.maven.vite;

import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What is left of a build for the next one.
 *
 * @param fingerprint of all that went in
 * @param sources digest of the app's own files, which are a part of that
 * @param output stamp of all that came out
 * @param inputs files that it read
 */
record LastBuild(String fingerprint, String sources, String output, List<String> inputs) {

    /** Null where there was none that came to its end. */
    static @Nullable LastBuild read(App app) throws IOException {
        Path file = file(app);
        try {
            return Files.isRegularFile(file) ? Json.MAPPER.readValue(Files.readString(file), LastBuild.class) : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    void write(App app) throws IOException {
        Path part = file(app).resolveSibling("state.json.part");
        Files.writeString(part, Json.MAPPER.writeValueAsString(this));
        Files.move(part, file(app), StandardCopyOption.REPLACE_EXISTING);
    }

    static void forget(App app) throws IOException {
        Files.deleteIfExists(file(app));
    }

    private static Path file(App app) {
        return app.scratch().resolve("state.json");
    }
}
