package dev.kitbridge.adapter.test.tck;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The app of the suite: its sources, for an author to build with adapter-node and with another adapter. */
public enum TckApp {
    /** On SvelteKit 3, with the base path {@code /lab}. */
    KIT_3(3, "/lab"),

    /** On SvelteKit 2, without a base path. */
    KIT_2(2, "");

    /** Files whose names are not ASCII. Machines without a locale for them can still build this module. */
    private static final Map<String, String> NAMES =
            Map.of("static/plans/ground-plan.txt", "static/pl\u00e4ne/grundri\u00df nord.txt");

    private final int kit;
    private final String base;

    TckApp(int kit, String base) {
        this.kit = kit;
        this.base = base;
    }

    int kit() {
        return kit;
    }

    String base() {
        return base;
    }

    /**
     * Writes the app: its sources, a Vite configuration with adapter-node, and the versions of its packages.
     *
     * @param folder a folder, which is created if it does not exist
     * @throws IOException if a file cannot be written
     */
    public void writeTo(Path folder) throws IOException {
        for (String part : List.of("lab", "kit" + kit)) {
            URL resource = TckApp.class.getResource(part);
            if (resource == null) throw new FileNotFoundException(part);
            try {
                write(resource.toURI(), folder);
            } catch (URISyntaxException e) {
                throw new IOException(e);
            }
        }
    }

    private static void write(URI resource, Path folder) throws IOException {
        if (!resource.getScheme().equals("jar")) {
            copy(Path.of(resource), folder);
            return;
        }
        try (FileSystem jar = FileSystems.newFileSystem(resource, Map.of())) {
            copy(jar.provider().getPath(resource), folder);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = from.relativize(file).toString().replace('\\', '/');
                Path target = to.resolve(NAMES.getOrDefault(name, name));
                Files.createDirectories(target.resolveSibling(""));
                Files.write(target, Files.readAllBytes(file));
            }
        }
    }
}
