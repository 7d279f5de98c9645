package dev.kitbridge.maven.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Shell scripts that stand in for programs. */
public final class Scripts {

    private Scripts() {}

    /** Writes a program of that name. */
    public static Path write(Path folder, String name, String... lines) throws IOException {
        Files.createDirectories(folder);
        Path script = folder.resolve(name);
        Files.writeString(script, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        if (!script.toFile().setExecutable(true)) throw new IOException(script + " cannot be made executable");
        return script;
    }

    /** A search path on which a folder's programs come before the system's own. */
    public static String path(Path folder) {
        return folder
                + File.pathSeparator
                + Optional.ofNullable(System.getenv("PATH")).orElse("");
    }
}
