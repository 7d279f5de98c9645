package dev.kitbridge.maven.builder;

import dev.kitbridge.adapter.AdapterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Copies npm packages, each without its own {@code node_modules}.
 *
 * @param places folders of packages by their places in the destination
 * @param target the module's output folder; a package that contains it cannot be copied
 * @param rules decides which files are copied
 */
record PackageCopy(Map<String, Path> places, Path target, PackageFiles rules) {

    /** @return paths relative to the destination, in order */
    List<String> to(Path dest) throws IOException {
        for (Map.Entry<String, Path> place : places.entrySet()) {
            if (!target.startsWith(place.getValue())) continue;
            throw new AdapterException("The package in " + place.getKey() + " is a link to " + place.getValue()
                    + ", which holds the Maven module that is being built; it cannot be copied into itself");
        }
        Map<String, Path> files = new TreeMap<>();
        try {
            for (Map<String, Path> some :
                    places.entrySet().parallelStream().map(this::files).toList()) {
                files.putAll(some);
            }
            try (Stream<Path> folders = files.keySet().stream()
                    .map(file -> dest.resolve(file).resolveSibling(""))
                    .distinct()) {
                for (Path folder : (Iterable<Path>) folders::iterator) Files.createDirectories(folder);
            }
            files.entrySet().parallelStream().forEach(file -> copy(file.getValue(), dest.resolve(file.getKey())));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return List.copyOf(files.keySet());
    }

    private Map<String, Path> files(Map.Entry<String, Path> place) {
        try {
            Map<String, Path> files = new TreeMap<>();
            for (String file : rules.of(place.getValue())) {
                files.put(place.getKey() + "/" + file, place.getValue().resolve(file));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
