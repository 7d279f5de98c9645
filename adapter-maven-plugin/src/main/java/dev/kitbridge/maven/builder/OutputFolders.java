package dev.kitbridge.maven.builder;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.maven.files.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Restricts the output of an adapter to the module's output folder. Links are resolved first, so that no link leads out
 * of the folder.
 *
 * @param baseDirectory the module's folder, to which relative paths are resolved
 * @param target the module's output folder
 * @param kept folders below it that may be written to but not emptied
 */
record OutputFolders(Path baseDirectory, Path target, List<Path> kept) {

    /** Checks a path before it is written, and returns it as an absolute path. */
    Path writable(Path path) throws IOException {
        Path absolute = absolute(path);
        Path real = real(absolute);
        Path output = real(target.toAbsolutePath().normalize());
        if (!real.startsWith(output) || real.equals(output)) {
            throw new AdapterException("The output '" + path + "' is "
                    + (real.equals(output)
                            ? "the module's output folder itself, which also holds the output of other plugins"
                            : absolute + ", which is not below the module's output folder " + target)
                    + "; choose a folder below it, " + baseDirectory.relativize(target.resolve("adapters/site"))
                    + " for example. Nothing was written or deleted.");
        }
        return absolute;
    }

    /** Checks a folder before it is emptied, and returns it as an absolute path. */
    Path clearable(Path path) throws IOException {
        Path folder = writable(path);
        Path real = real(folder);
        for (Path keep : kept) {
            if (real(keep).startsWith(real)) {
                throw new AdapterException("The output folder '" + path + "' holds " + keep
                        + ", to which other plugins of the module write; choose another folder below " + target
                        + ". Nothing was written or deleted.");
            }
        }
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new AdapterException("The output folder '" + path + "' is a file; choose another name, or delete it");
        }
        return folder;
    }

    /** Empties a folder, or creates it. */
    Path clear(Path path) throws IOException {
        Path folder = clearable(path);
        if (Files.isDirectory(folder)) empty(folder);
        Files.createDirectories(folder);
        return folder;
    }

    Path absolute(Path path) {
        return baseDirectory.resolve(path).toAbsolutePath().normalize();
    }

    /** Resolves a path as {@link Path#toRealPath} does, but its last parts need not exist. */
    private static Path real(Path path) throws IOException {
        Path missing = null;
        for (Path existing = path; existing != null; existing = existing.getParent()) {
            if (Files.exists(existing)) {
                return missing == null
                        ? existing.toRealPath()
                        : existing.toRealPath().resolve(missing);
            }
            // writing would create the target of the link
            if (Files.isSymbolicLink(existing)) {
                throw new AdapterException("The output '" + path + "' contains the link " + existing
                        + ", whose target does not exist; remove it. Nothing was written or deleted.");
            }
            Path name = existing.getFileName();
            if (name != null) missing = missing == null ? name : name.resolve(missing);
        }
        return path;
    }

    private static void empty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : (Iterable<Path>) entries::iterator) Tree.delete(entry);
        }
    }
}
