package dev.kitbridge.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Splits the log of a project by its Maven runs. */
public final class Invocations {

    private static final String START = "Scanning for projects...";

    private Invocations() {}

    /** Returns the log of a run; the first is 1. */
    public static BuildLog log(File basedir, int number) {
        try {
            String[] runs =
                    Files.readString(basedir.toPath().resolve("build.log")).split(START, -1);
            Path file = basedir.toPath().resolve("build-" + number + ".log");
            Files.writeString(file, runs[number]);
            return BuildLog.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
