package dev.kitbridge.it;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Compares folders: files byte by byte, symbolic links by their target, and empty folders too. */
public final class Trees {

    private Trees() {}

    /**
     * Lists every difference, by path.
     *
     * @param without pattern of names of files and folders to ignore
     */
    public static List<String> differences(Object expected, Object actual, String without) throws IOException {
        Path left = App.path(expected);
        Path right = App.path(actual);
        Set<String> leftPaths = paths(left, without);
        Set<String> rightPaths = paths(right, without);
        Set<String> all = new TreeSet<>(leftPaths);
        all.addAll(rightPaths);
        List<String> differences = new ArrayList<>();
        for (String path : all) {
            if (!rightPaths.contains(path)) {
                differences.add(path + ": missing");
            } else if (!leftPaths.contains(path)) {
                differences.add(path + ": should not be there");
            } else if (!target(left.resolve(path)).equals(target(right.resolve(path)))) {
                differences.add(path + ": links to another file");
            } else if (!path.endsWith("/") && target(left.resolve(path)).isEmpty()) {
                long at = Files.mismatch(left.resolve(path), right.resolve(path));
                if (at >= 0) differences.add(path + ": differs from byte " + at);
            }
        }
        return differences;
    }

    /** Returns the target of a symbolic link, else an empty text. */
    private static String target(Path path) throws IOException {
        return Files.isSymbolicLink(path) ? Files.readSymbolicLink(path).toString() : "";
    }

    /** Lists every difference. */
    public static List<String> differences(Object expected, Object actual) throws IOException {
        return differences(expected, actual, "");
    }

    /** Returns relative paths with forward slashes; paths of folders end with a slash. */
    private static Set<String> paths(Path root, String without) throws IOException {
        Pattern left = Pattern.compile(without);
        Set<String> paths = new TreeSet<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (folder.equals(root)) return FileVisitResult.CONTINUE;
                if (counts(folder)) paths.add(relative(folder) + "/");
                return counts(folder) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (counts(file)) paths.add(relative(file));
                return FileVisitResult.CONTINUE;
            }

            private boolean counts(Path path) {
                return !left.matcher(path.getFileName().toString()).matches();
            }

            private String relative(Path path) {
                return root.relativize(path).toString().replace('\\', '/');
            }
        });
        return paths;
    }
}
