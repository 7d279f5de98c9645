package dev.kitbridge.maven.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Shell scripts that replace programs in tests. */
public final class Scripts {

    private Scripts() {}

    /** Writes a script with the name of a program. */
    public static Path write(Path folder, String name, String... lines) throws IOException {
        Files.createDirectories(folder);
        Path script = folder.resolve(name);
        Files.writeString(script, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        if (!script.toFile().setExecutable(true)) throw new IOException(script + " cannot be made executable");
        return script;
    }

    /** Returns a search path that starts with a folder. */
    public static String path(Path folder) {
        return folder
                + File.pathSeparator
                + Optional.ofNullable(System.getenv("PATH")).orElse("");
    }
}
