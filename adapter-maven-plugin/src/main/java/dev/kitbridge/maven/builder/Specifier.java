package dev.kitbridge.maven.builder;

import java.nio.file.Path;

/** How a module names another one, or its folder, that lies on the same disk. */
final class Specifier {

    private Specifier() {}

    /** Relative, with slashes: {@code ./server}, {@code ../client/a.js}. */
    static String of(Path folder, Path file) {
        String path = folder.toAbsolutePath()
                .normalize()
                .relativize(file.toAbsolutePath().normalize())
                .toString()
                .replace('\\', '/');
        return path.startsWith(".") ? path : path.isEmpty() ? "." : "./" + path;
    }
}
