package dev.kitbridge.maven.types;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A module's sources and the classes compiled from them.
 *
 * @param sources folders with the module's sources; some may not exist
 * @param output the folder that its classes are compiled to
 * @param classPath the module's class path at run time
 */
public record Compilation(List<Path> sources, Path output, List<Path> classPath) {

    private static final String MARK = "@PlatformService";

    /** Returns why services may be missing from the classes; empty if the classes are complete. */
    public Optional<String> whyIncomplete() throws IOException {
        for (Path entry : classPath) {
            if (!Files.exists(entry) && !entry.equals(output))
                return Optional.of(entry + ", which is on the module's class path, does not exist");
        }
        boolean anySource = false;
        for (Path root : sources) {
            if (!Files.isDirectory(root)) continue;
            List<Path> files;
            try (Stream<Path> walk = Files.walk(root)) {
                files = walk.filter(Files::isRegularFile).sorted().toList();
            }
            anySource |= !files.isEmpty();
            for (Path file : files) {
                String name = root.relativize(file).toString();
                if (!name.endsWith(".java") || !mentionsServices(file)) continue;
                Path compiled = output.resolve(name.substring(0, name.length() - ".java".length()) + ".class");
                if (!Files.isRegularFile(compiled)) return Optional.of(file + " is not compiled to " + compiled);
            }
        }
        return anySource && !hasClasses() ? Optional.of(output + " has no classes") : Optional.empty();
    }

    private static boolean mentionsServices(Path file) throws IOException {
        // the name is ASCII in every encoding of sources
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(MARK);
    }

    private boolean hasClasses() throws IOException {
        if (!Files.isDirectory(output)) return false;
        try (Stream<Path> walk = Files.walk(output)) {
            return walk.anyMatch(file -> file.toString().endsWith(".class"));
        }
    }
}
