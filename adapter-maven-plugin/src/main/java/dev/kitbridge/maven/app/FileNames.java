package dev.kitbridge.maven.app;

import dev.kitbridge.maven.failure.UserFailure;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The encoding in which the JVM reads and writes file names. The locale determines it when the JVM starts; Node always
 * uses UTF-8. In the POSIX locale, a JVM cannot open a file named {@code über}.
 *
 * @param encoding {@code sun.jnu.encoding}
 * @param environment the variables that set the locale
 */
public record FileNames(Charset encoding, Map<String, String> environment) {

    /** Folders whose files the plugin does not list. */
    private static final Set<String> FOREIGN = Set.of("node_modules", ".git", ".svelte-kit", "target");

    /** Returns the encoding of this JVM. On Windows, file names are Unicode in any encoding. */
    public static FileNames system() {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        return new FileNames(
                windows ? StandardCharsets.UTF_8 : Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")),
                System.getenv());
    }

    /**
     * Checks all file names of an app, unless the encoding can represent every name.
     *
     * @throws UserFailure if the JVM cannot use one
     */
    public void check(App app) throws IOException {
        if (encoding.equals(StandardCharsets.UTF_8)) return;
        Path root = app.directory();
        check(root, root.toString());
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (FOREIGN.contains(folder.getFileName().toString())) return FileVisitResult.SKIP_SUBTREE;
                return visitFile(folder, attributes);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                check(root, root.relativize(file).toString());
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void check(Path root, String name) {
        if (name.chars().allMatch(c -> c < 128)) return;
        throw failure("A file in " + root + " has the name '" + name + "'", null);
    }

    /** Describes a name that appeared after {@link #check}, of a prerendered page for example. */
    public UserFailure failure(InvalidPathException e) {
        return failure("The build uses the file name '" + e.getInput() + "'", e);
    }

    private UserFailure failure(String fact, @Nullable Throwable cause) {
        // the first variable that is set wins
        String locale = Stream.of("LC_ALL", "LC_CTYPE", "LANG")
                .filter(name -> !environment.getOrDefault(name, "").isEmpty())
                .map(name -> name + " is " + environment.get(name))
                .findFirst()
                .orElse("none of LC_ALL, LC_CTYPE and LANG is set");
        return new UserFailure(
                fact + ", which this JVM cannot use, since its locale has the encoding " + encoding + " (" + locale
                        + "); run Maven with LC_ALL=C.UTF-8",
                cause);
    }
}
