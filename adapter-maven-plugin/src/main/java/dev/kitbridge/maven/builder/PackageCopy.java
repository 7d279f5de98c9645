package dev.kitbridge.maven.builder;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.CopyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Copies npm packages, each without its own {@code node_modules}.
 *
 * @param places folders of packages by their places in the destination
 * @param target the module's output folder, which no package holds
 */
record PackageCopy(Map<String, Path> places, Path target) {

    /** Of the folder of a package in a workspace, what is no part of the package. */
    private static final Set<String> LEFT = Set.of("node_modules", ".git");

    /** @return paths relative to the destination, in order */
    List<String> to(Path dest) throws IOException {
        List<String> files = new ArrayList<>();
        for (Map.Entry<String, Path> place : places.entrySet()) {
            if (target.startsWith(place.getValue())) {
                throw new AdapterException("The package in " + place.getKey() + " is a link to " + place.getValue()
                        + ", which holds the Maven module that is being built; it cannot be copied into itself");
            }
            List<Path> entries;
            try (Stream<Path> stream = Files.list(place.getValue())) {
                entries = stream.filter(
                                entry -> !LEFT.contains(entry.getFileName().toString()))
                        .toList();
            }
            for (Path entry : entries) {
                String name = place.getKey() + "/" + entry.getFileName();
                List<String> copied = new FileCopy(entry, dest.resolve(name), CopyOptions.ALL, false).run();
                if (Files.isDirectory(entry)) {
                    for (String file : copied) files.add(name + "/" + file);
                } else if (!copied.isEmpty()) {
                    files.add(name);
                }
            }
        }
        return files.stream().sorted().toList();
    }
}
