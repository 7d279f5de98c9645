package dev.kitbridge.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Copies the shared apps into test projects. Used by their {@code prebuild.groovy}. */
public final class App {

    private App() {}

    /**
     * Copies a shared app into a folder of the project; existing files are kept.
     *
     * @param apps the folder of the shared apps
     * @param name {@code kit3} or {@code kit2}
     * @param kitVersion another version of SvelteKit, used if it has the same major version; or an empty text
     */
    public static void copy(Object apps, String name, Object into, Object kitVersion) {
        Path from = path(apps).resolve(name);
        Path to = path(into);
        String version = String.valueOf(kitVersion);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String relative = from.relativize(file).toString();
                if (relative.matches("(node_modules|\\.svelte-kit|target|build|\\.?data)[/\\\\].*")) continue;
                Path target = to.resolve(relative);
                if (Files.exists(target)) continue;
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
            if (isOf(name, version)) use(to, version);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Finds the files of a name that the last builds of an app have written: one for each module that builds it. */
    public static List<File> records(Object app, String name) {
        Path modules = path(app).resolve(".svelte-kit/kitbridge/modules");
        if (!Files.isDirectory(modules)) return List.of();
        try (Stream<Path> folders = Files.list(modules)) {
            return folders.map(folder -> folder.resolve(name).toFile())
                    .filter(File::isFile)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Copies an example, as {@link #copy} does.
     *
     * @param apps the folder of the shared apps, from which the examples are found
     * @param name {@code storefront} or {@code spring-boot}
     */
    public static void copyExample(Object apps, String name, Object into, Object kitVersion) {
        copy(path(apps).resolve("../../../examples").normalize(), name, into, "");
        String version = String.valueOf(kitVersion);
        try {
            if (isOf("kit3", version)) use(path(into), version);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies the package files of the storefront, as {@link #copy} does: its packages include the type checker. */
    public static void copyStorefrontPackages(Object apps, Object into, Object kitVersion) {
        copyPackages(path(apps).resolve("../../../examples").normalize(), "storefront", into, "");
        String version = String.valueOf(kitVersion);
        try {
            if (isOf("kit3", version)) use(path(into), version);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies only the package files of a shared app, as {@link #copy} does. */
    public static void copyPackages(Object apps, String name, Object into, Object kitVersion) {
        String version = String.valueOf(kitVersion);
        try {
            for (String file : List.of("package.json", "package-lock.json")) {
                Files.copy(path(apps).resolve(name).resolve(file), path(into).resolve(file));
            }
            if (isOf(name, version)) use(path(into), version);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOf(String name, String version) {
        return name.startsWith("kit") && version.startsWith(name.substring("kit".length()) + ".");
    }

    private static void use(Path app, String version) throws IOException {
        Path file = app.resolve("package.json");
        Files.writeString(file, Files.readString(file).replaceFirst("(\"@sveltejs/kit\": \")[^\"]*", "$1" + version));
        Files.deleteIfExists(app.resolve("package-lock.json"));
    }

    static Path path(Object value) {
        return value instanceof File file ? file.toPath() : Path.of(value.toString());
    }

    /** Lists the files of a folder, relative to it, with forward slashes, in order. */
    public static List<String> files(Object folder) {
        Path root = path(folder);
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
