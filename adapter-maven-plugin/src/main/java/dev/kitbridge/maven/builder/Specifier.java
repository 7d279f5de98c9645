package dev.kitbridge.maven.builder;

import java.nio.file.Path;

/** Import specifiers between modules. */
final class Specifier {

    private Specifier() {}

    /** Returns a relative specifier of a file or folder: {@code ./server}, {@code ../client/a.js}. */
    static String of(Path folder, Path file) {
        String path = folder.toAbsolutePath()
                .normalize()
                .relativize(file.toAbsolutePath().normalize())
                .toString()
                .replace('\\', '/');
        return path.startsWith(".") ? path : path.isEmpty() ? "." : "./" + path;
    }
}
