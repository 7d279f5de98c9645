package dev.kitbridge.maven.build;

import dev.kitbridge.maven.json.Jackson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The state after a successful build, for comparison before the next build.
 *
 * @param facts everything that the output depends on
 * @param inputs everything that the build read
 * @param generated files in the app's folder that this or an earlier build wrote
 * @param outDir SvelteKit's {@code outDir}
 * @param output stamp of the output
 */
record LastBuild(Facts facts, Inputs inputs, List<String> generated, String outDir, String output) {

    static final String FILE = "state.json";

    /** Reads the state in a folder; returns null if it is missing or has another format. */
    static @Nullable LastBuild read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        try {
            return Files.isRegularFile(file) ? Jackson.MAPPER.readValue(Files.readString(file), LastBuild.class) : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    void write(Path folder) throws IOException {
        Path part = folder.resolve("state.json.part");
        Files.writeString(part, Jackson.MAPPER.writeValueAsString(this));
        Files.move(part, folder.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
    }

    static void forget(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(FILE));
    }
}
