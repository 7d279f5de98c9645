package dev.kitbridge.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Operations on folders for {@code prebuild.groovy} and {@code verify.groovy}. */
public final class Folder {

    private Folder() {}

    /** Copies a folder into another; existing files are kept. */
    public static void copy(Object from, Object to) {
        Path source = App.path(from);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = App.path(to).resolve(source.relativize(file).toString());
                if (Files.exists(target)) continue;
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder or a file if it exists. */
    public static void delete(Object folder) {
        Path root = App.path(folder);
        if (!Files.exists(root)) return;
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails if two folders differ in a file or its bytes. */
    public static void same(Object one, Object other) {
        TreeSet<String> names = new TreeSet<>(App.files(one));
        names.addAll(App.files(other));
        if (names.isEmpty()) throw new AssertionError(one + " and " + other + " are empty");
        List<String> different =
                names.stream().filter(name -> !same(one, other, name)).toList();
        if (!different.isEmpty()) {
            throw new AssertionError(one + " and " + other + " differ in " + different);
        }
    }

    private static boolean same(Object one, Object other, String name) {
        Path first = App.path(one).resolve(name);
        Path second = App.path(other).resolve(name);
        try {
            return Files.exists(first) && Files.exists(second) && Files.mismatch(first, second) < 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails if a file in a folder contains a text. */
    public static void holdsNot(Object folder, String text) {
        for (String name : App.files(folder)) {
            try {
                String content = Files.readString(App.path(folder).resolve(name), StandardCharsets.ISO_8859_1);
                if (content.contains(text)) throw new AssertionError(name + " in " + folder + " holds " + text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
