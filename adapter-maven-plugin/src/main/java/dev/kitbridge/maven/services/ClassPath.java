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
 * @param entries folders and jars; some may be missing
 */
public record ClassPath(List<Path> entries) {

    /** Adapters write there, and no class reads it in development. */
    private static final Path PACKED_APP = Path.of("META-INF", "kitbridge");

    /** Returns the class path in the notation of the command line. */
    public String text() {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /**
     * The state of the class path at one moment.
     *
     * @param stamp a digest of names, sizes and times of all files
     * @param files all files in folders, and the jars
     */
    public record Snapshot(String stamp, Set<String> files) {

        /** Returns whether all files of an earlier state still exist. */
        public boolean hasAll(Snapshot earlier) {
            return files.containsAll(earlier.files());
        }
    }

    /** Reads the current state. */
    public Snapshot snapshot() throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        for (Path entry : entries) add(files, entry);
        return new Snapshot(new Fingerprint().addAll("", files).digest(), files.keySet());
    }

    /**
     * Returns the files that these services need to start: interfaces, files with names of implementations, and
     * implementations.
     */
    Set<Path> needed(List<String> interfaces) throws IOException {
        Set<Path> needed = candidates(interfaces);
        needed.removeIf(file -> !Files.isRegularFile(file));
        return needed;
    }

    /**
     * Returns a needed file that a compiler has removed, or null. The class of an implementation that is no longer
     * named is not missing.
     *
     * @param before the files that were needed
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
                    // the class may be in another folder
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
            // uses the attributes that the walk reads anyway, because this runs before each call of a service
            Files.walkFileTree(entry, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return folder.endsWith(PACKED_APP) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.put(file.toString(), attributes.size() + " " + attributes.lastModifiedTime());
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException e) {
            // a compiler is replacing the files
            files.put(entry.toString(), "at work");
        }
    }
}
