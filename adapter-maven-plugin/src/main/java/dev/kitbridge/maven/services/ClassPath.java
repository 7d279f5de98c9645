package dev.kitbridge.maven.services;

import dev.kitbridge.maven.files.Fingerprint;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

    /**
     * The class path at one moment.
     *
     * @param stamp differs when a class has changed: names, sizes and times of all files
     * @param files all files in folders, and the jars
     */
    record Snapshot(String stamp, Set<String> files) {

        /** Whether all files of an earlier moment are still there. */
        boolean hasAll(Snapshot earlier) {
            return files.containsAll(earlier.files());
        }
    }

    /** Looks at all files. */
    Snapshot snapshot() throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        for (Path entry : entries) add(files, entry);
        return new Snapshot(new Fingerprint().addAll("", files).digest(), files.keySet());
    }

    /**
     * The files in folders that these services cannot start without: interfaces, the names of implementations, and
     * their classes.
     */
    Set<Path> needed(List<String> interfaces) throws IOException {
        Set<Path> needed = candidates(interfaces);
        needed.removeIf(file -> !Files.isRegularFile(file));
        return needed;
    }

    /**
     * A file that was needed and that a compiler has removed, or null. The class of an implementation that is not named
     * any more is not missing.
     *
     * @param before what was needed
     */
    @Nullable
    Path missing(List<String> interfaces, Set<Path> before) throws IOException {
        Set<Path> candidates = candidates(interfaces);
        for (Path file : before) {
            if (candidates.contains(file) && !Files.isRegularFile(file)) return file;
        }
        return null;
    }

    private Set<Path> candidates(List<String> interfaces) throws IOException {
        Set<Path> candidates = new TreeSet<>();
        for (Path entry : entries) {
            for (String name : interfaces) {
                candidates.add(classFile(entry, name));
                Path names = entry.resolve("META-INF/services").resolve(name);
                candidates.add(names);
                if (!Files.isRegularFile(names)) continue;
                for (String line : Files.readAllLines(names)) {
                    String implementation = line.replaceFirst("#.*", "").strip();
                    // it may be in another folder
                    for (Path other : entries) candidates.add(classFile(other, implementation));
                }
            }
        }
        return candidates;
    }

    private static Path classFile(Path folder, String name) {
        return folder.resolve(name.replace('.', '/') + ".class");
    }

    private static void add(SortedMap<String, String> files, Path entry) throws IOException {
        if (!Files.exists(entry)) return;
        try {
            // with the attributes that the walk reads anyway: it happens with each call of a service
            Files.walkFileTree(entry, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.put(file.toString(), attributes.size() + " " + attributes.lastModifiedTime());
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException e) {
            // a compiler is at work
            files.put(entry.toString(), "at work");
        }
    }
}
