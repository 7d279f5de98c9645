package dev.kitbridge.standalone.product;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * Loads the jar's classes when the server runs, so that the server no longer depends on the file. The next {@code mvn
 * package} overwrites the jar in place; a class that is first used after that, by an error for example, would be
 * missing.
 *
 * @param jar the file
 * @param loader loads its classes
 * @param skipped prefixes of entries that this process does not use
 */
public record JarClasses(Path jar, ClassLoader loader, List<String> skipped) {

    /** Packages that only the metrics use. */
    private static final List<String> METRICS = List.of("io/micrometer/", "io/prometheus/");

    /** Delay, to leave the processor to the first requests. */
    private static final long DELAY_MILLIS = 2000;

    /** @param metrics whether the process has metrics */
    public static JarClasses of(Product product, boolean metrics) {
        return new JarClasses(product.jar(), JarClasses.class.getClassLoader(), metrics ? List.of() : METRICS);
    }

    /** Loads the classes on another thread; takes half a second. */
    public void loadLater() {
        Thread thread = new Thread(
                () -> {
                    try {
                        Thread.sleep(DELAY_MILLIS);
                        load();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (IOException e) {
                        System.getLogger(JarClasses.class.getName())
                                .log(Level.DEBUG, "classes are loaded when they are needed", e);
                    }
                },
                "kitbridge-classes");
        thread.setDaemon(true);
        thread.start();
    }

    /** Loads the classes without initializing them. */
    void load() throws IOException {
        List<String> names;
        try (JarFile file = new JarFile(jar.toFile());
                Stream<String> entries = file.stream().map(ZipEntry::getName)) {
            names = entries.filter(this::isLoaded)
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .toList();
        }
        for (String name : names) {
            try {
                Class.forName(name, false, loader);
            } catch (ClassNotFoundException | LinkageError e) {
                // some classes of libraries need others that this jar leaves out
            }
        }
    }

    private boolean isLoaded(String name) {
        return name.endsWith(".class")
                && !name.startsWith("META-INF/")
                && !name.endsWith("module-info.class")
                && skipped.stream().noneMatch(name::startsWith);
    }
}
