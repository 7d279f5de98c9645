package dev.kitbridge.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The log of a project's Maven run, {@code build.log}. Used by {@code verify.groovy}. */
public final class BuildLog {

    private final String text;

    private BuildLog(String text) {
        this.text = text;
    }

    /** The log of all the project's invocations so far. */
    public static BuildLog of(File basedir) {
        return read(basedir.toPath().resolve("build.log"));
    }

    /** A log in another file. */
    public static BuildLog read(Path file) {
        try {
            return new BuildLog(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails unless the log holds a text. */
    public BuildLog has(String part) {
        if (!text.contains(part)) throw new AssertionError("the log should hold: " + part);
        return this;
    }

    /** Fails if the log holds a text. */
    public BuildLog hasNot(String part) {
        if (text.contains(part)) throw new AssertionError("the log should not hold: " + part);
        return this;
    }

    /** How often a text occurs. */
    public int count(String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }

    /** Fails unless the build ended with this message, as a failure of the user's: one error, no stack trace. */
    public BuildLog failedWith(String... parts) {
        has("BUILD FAILURE");
        for (String part : parts) has(part);
        hasNot("\tat dev.kitbridge.");
        return this;
    }
}
