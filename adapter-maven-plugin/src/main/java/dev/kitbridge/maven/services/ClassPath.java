package dev.kitbridge.maven.services;

import dev.kitbridge.maven.digest.Fingerprint;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class path of a module's services.
 *
 * @param entries folders and jars; some may not be there
 */
public record ClassPath(List<Path> entries) {

    /** Its form on a command line. */
    String text() {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** Differs when a class has changed: names, sizes and times of all files in folders, and of the jars. */
    String stamp() throws IOException {
        Fingerprint fingerprint = new Fingerprint();
        for (Path entry : entries) add(fingerprint, entry);
        return fingerprint.digest();
    }

    /**
     * The files in folders that these services cannot start without: interfaces, and what is named as their
     * implementations.
     */
    Set<Path> needed(List<String> interfaces) throws IOException {
        Set<Path> needed = new TreeSet<>();
        for (Path entry : entries) {
            for (String name : interfaces) {
                needed.add(classFile(entry, name));
                Path names = entry.resolve("META-INF/services").resolve(name);
                if (!Files.isRegularFile(names)) continue;
                needed.add(names);
                for (String line : Files.readAllLines(names)) {
                    String implementation = line.replaceFirst("#.*", "").strip();
                    // it may be in another folder
                    for (Path other : entries) needed.add(classFile(other, implementation));
                }
            }
        }
        needed.removeIf(file -> !Files.isRegularFile(file));
        return needed;
    }

    private static Path classFile(Path folder, String name) {
        return folder.resolve(name.replace('.', '/') + ".class");
    }

    private static void add(Fingerprint fingerprint, Path entry) throws IOException {
        if (!Files.exists(entry)) return;
        try (Stream<Path> walk = Files.walk(entry)) {
            for (Path file : walk.sorted().toList()) {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                if (attributes.isDirectory()) continue;
                fingerprint.add(file.toString(), attributes.size() + " " + attributes.lastModifiedTime());
            }
        } catch (NoSuchFileException e) {
            // a compiler is at work
            fingerprint.add(entry.toString(), "at work");
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof NoSuchFileException)) throw e.getCause();
            fingerprint.add(entry.toString(), "at work");
        }
    }
}
