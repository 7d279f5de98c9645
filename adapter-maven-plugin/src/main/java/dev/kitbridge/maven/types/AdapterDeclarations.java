package dev.kitbridge.maven.types;

import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.process.ProcessLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The file of an app that declares the modules of its adapters in TypeScript.
 *
 * @param file the file
 * @param log Maven's log
 */
public record AdapterDeclarations(Path file, ProcessLog log) {

    private static final String HEADER =
            "// Written by adapter:types for the adapters in the POM. Do not edit: it is written again.\n";

    /**
     * Writes the file if its content changes, and deletes it if no adapter declares a module any more.
     *
     * @param types declarations of each adapter, empty for an adapter without modules
     * @throws UserFailure if the file was not written by this class
     */
    public void update(List<String> types) throws IOException {
        List<String> texts =
                types.stream().filter(text -> !text.isBlank()).distinct().toList();
        boolean exists = Files.isRegularFile(file);
        if (texts.isEmpty() && !exists) return;
        String before = exists ? Files.readString(file) : HEADER;
        if (texts.isEmpty()) {
            if (before.startsWith(HEADER)) Files.delete(file);
            return;
        }
        if (!before.startsWith(HEADER)) {
            throw new UserFailure(file + " was not written by adapter:types, which declares the modules of the adapters"
                    + " there; rename it, or set <typesFile> to a file in another folder");
        }
        String text = HEADER + "\n" + String.join("\n", texts);
        if (text.equals(before)) return;
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
        log.say("Wrote " + file);
    }
}
