package dev.kitbridge.adapters.jvm.build;

import dev.kitbridge.adapter.Builder;
import dev.kitbridge.server.internal.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the paths in the server's source maps as if the app's sources were in the product's folder. The bundler
 * writes paths relative to its output folder, which do not exist where the product is unpacked.
 */
final class ProductSources {

    /** A URL or an absolute path, which stay as they are. */
    private static final Pattern NO_PATH = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*:|/|\\\\)");

    private final Path root;
    private final Path product;

    private ProductSources(Path root, Path product) {
        this.root = root;
        this.product = product;
    }

    /** Rewrites the maps of the server in {@code app/server}. */
    static void relocate(Builder builder, Path app) throws IOException {
        Path server = app.resolve("server");
        ProductSources sources = new ProductSources(
                builder.project().appDirectory().toAbsolutePath().normalize(),
                app.toAbsolutePath().normalize());
        // kit 2 copies source maps as they are
        boolean copied = builder.config().kitVersion().startsWith("2.");
        List<Path> maps;
        try (Stream<Path> files = Files.walk(server)) {
            maps = files.filter(ProductSources::isSourceMap).toList();
        }
        for (Path map : maps) {
            Path original = copied ? builder.serverDirectory().resolve(server.relativize(map)) : map;
            sources.relocate(map, original.toAbsolutePath().normalize().resolveSibling(""));
        }
    }

    /** Returns whether a file is a script's source map, and not data of the app with such a name. */
    private static boolean isSourceMap(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith("js.map")
                && Files.isRegularFile(file.resolveSibling(name.substring(0, name.length() - ".map".length())));
    }

    /** @param from the folder that the map's paths are relative to */
    private void relocate(Path file, Path from) throws IOException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (!(Json.read(Files.readAllBytes(file)) instanceof Map<?, ?> read)) return;
        read.forEach((name, value) -> map.put(String.valueOf(name), value));
        if (!(map.get("sources") instanceof List<?> sources) || map.get("sourceRoot") != null) return;
        Path to = file.toAbsolutePath().normalize().resolveSibling("");
        List<@Nullable Object> moved = new ArrayList<>();
        for (Object source : sources) moved.add(source instanceof String path ? relocated(path, from, to) : source);
        map.put("sources", moved);
        Files.writeString(file, Json.write(map));
    }

    private String relocated(String source, Path from, Path to) {
        if (NO_PATH.matcher(source).find()) return source;
        try {
            Path inApp = root.relativize(from.resolve(source).normalize());
            return to.relativize(product.resolve(inApp).normalize()).toString().replace('\\', '/');
        } catch (InvalidPathException e) {
            // a virtual module of the bundler, whose name is no path
            return source;
        }
    }
}
