package dev.kitbridge.it;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds the browser of the machine. Used by {@code selector.groovy}, so that a machine without a browser skips these
 * projects.
 */
public final class Chromium {

    /** Names the browser. If it is set, as in CI, a missing browser is a failure. */
    private static final String VARIABLE = "KITBRIDGE_BROWSER";

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private Chromium() {}

    /** Returns whether to run projects that need a browser. Prints a message if not. */
    public static boolean isWanted() {
        if (System.getenv(VARIABLE) != null || onPath() != null) return true;
        // prints to Maven's own output: the output of a script goes to a file that nobody reads if the project is
        // skipped
        PrintStream console = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        console.println("[WARNING] No browser, no test in one: there is no " + String.join(", ", NAMES)
                + " on PATH; install one, or name it in " + VARIABLE);
        return false;
    }

    /** Returns the program. */
    public static Path program() {
        String named = System.getenv(VARIABLE);
        Path program = named == null ? onPath() : Path.of(named);
        if (program == null || !Files.isExecutable(program)) {
            throw new AssertionError(VARIABLE + " is " + named + ", which is no program; expected a Chromium");
        }
        return program;
    }

    private static Path onPath() {
        for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
            for (String name : NAMES) {
                Path file = Path.of(folder, name);
                if (Files.isExecutable(file)) return file;
            }
        }
        return null;
    }
}
