package dev.kitbridge.maven.files;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** File trees: listing, stamps and deletion. */
public final class Tree {

    private Tree() {}

    /**
     * Lists files by their paths relative to the root, with forward slashes. Links are followed.
     *
     * @param enter decides by its relative path whether a folder is entered
     */
    public static SortedMap<String, BasicFileAttributes> files(Path root, Predicate<String> enter) throws IOException {
        SortedMap<String, BasicFileAttributes> files = new TreeMap<>();
        if (!Files.isDirectory(root)) return files;
        Files.walkFileTree(
                root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                        return folder.equals(root) || enter.test(name(root, folder))
                                ? FileVisitResult.CONTINUE
                                : FileVisitResult.SKIP_SUBTREE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        files.put(name(root, file), attributes);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        // the file is a circular link
                        return FileVisitResult.CONTINUE;
                    }
                });
        return files;
    }

    /** Returns a digest of the sizes and times of all files in some folders, which changes if a file is written. */
    public static String stamp(Iterable<Path> roots) throws IOException {
        return stamp(roots, folder -> true);
    }

    /**
     * Returns the same digest without some folders.
     *
     * @param enter decides by its path, relative to its root, whether a folder is entered
     */
    public static String stamp(Iterable<Path> roots, Predicate<String> enter) throws IOException {
        Fingerprint fingerprint = new Fingerprint();
        for (Path root : roots) {
            if (Files.isRegularFile(root)) {
                fingerprint.add(root.toString(), stamp(Files.readAttributes(root, BasicFileAttributes.class)));
                continue;
            }
            fingerprint.add(root.toString(), Files.isDirectory(root) ? "folder" : "missing");
            for (Map.Entry<String, BasicFileAttributes> file :
                    files(root, enter).entrySet()) {
                fingerprint.add(root + "/" + file.getKey(), stamp(file.getValue()));
            }
        }
        return fingerprint.digest();
    }

    /** Returns a digest of the content of a jar or a folder of classes: a rebuilt jar often has the same content. */
    public static String content(Path jar) throws IOException {
        if (Files.isRegularFile(jar)) return Fingerprint.sha256(Files.readAllBytes(jar));
        Fingerprint fingerprint = new Fingerprint();
        for (String file : files(jar, folder -> true).keySet()) {
            fingerprint.add(file, Fingerprint.sha256(Files.readAllBytes(jar.resolve(file))));
        }
        return fingerprint.digest();
    }

    /** Deletes a file, or a folder with its content, if it exists. Links are deleted, not followed. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) return;
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) throw failure;
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Returns the size and time of a file. */
    static String stamp(BasicFileAttributes attributes) {
        return attributes.size() + " " + attributes.lastModifiedTime();
    }

    private static String name(Path root, Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }
}
