package dev.kitbridge.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/** Creates folders for {@code PATH}. Used by {@code prebuild.groovy}. */
public final class SearchPath {

    private SearchPath() {}

    /**
     * Fills a folder with links to all programs of the machine except some, so that Maven runs without these.
     *
     * @param programs names of the excluded programs
     */
    public static void without(Object folder, String... programs) {
        Path into = App.path(folder);
        Set<String> left = Set.of(programs);
        try {
            Files.createDirectories(into);
            for (String part : System.getenv("PATH").split(File.pathSeparator)) {
                if (part.isEmpty() || !Files.isDirectory(Path.of(part))) continue;
                try (Stream<Path> files = Files.list(Path.of(part))) {
                    for (Path file : files.toList()) {
                        Path link = into.resolve(file.getFileName());
                        boolean first = !Files.isSymbolicLink(link);
                        if (first && !left.contains(file.getFileName().toString()) && Files.isExecutable(file)) {
                            Files.createSymbolicLink(link, file);
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a program, as a shell script. */
    public static void script(Object file, String text) {
        Path path = App.path(file);
        try {
            Files.createDirectories(path.getParent());
            Files.writeString(path, "#!/bin/sh\n" + text + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!path.toFile().setExecutable(true)) throw new AssertionError(path + " cannot be made executable");
    }
}
