package dev.kitbridge.maven.builder;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Encoding;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.process.Child;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compresses text files with Node's zlib on all cores, and keeps the variants for the next build by the digest of what
 * they are variants of.
 *
 * @param node which Node
 * @param scratch the bridge's folder
 */
public record Compressor(NodeRuntime node, Path scratch) {

    /** The files that kit compresses. */
    private static final Pattern TEXT = Pattern.compile("[^/]+\\.(html|m?js|json|css|svg|xml|wasm|txt|mdx?)$");

    private static final Duration KEEP = Duration.ofDays(30);
    /** @return the files that now have a variant, relative to the folder */
    List<String> compress(Path directory, Set<Encoding> encodings) throws IOException {
        List<String> files = files(directory);
        if (files.isEmpty() || encodings.isEmpty()) return List.of();
        Path folder = scratch.resolve("compress");
        Path cache = scratch.resolve("variants");
        Files.createDirectories(folder);
        Path script = unpack(folder);
        Path request = folder.resolve("request-" + UUID.randomUUID());
        try {
            List<String> texts = new ArrayList<>(List.of(directory.toString(), cache.toString()));
            texts.add(encodings.stream().sorted().map(Encoding::name).collect(Collectors.joining(",")));
            texts.addAll(files);
            Files.writeString(request, String.join("\0", texts) + "\0");
            // one for each core, and as many that wait for the disk
            int threads = 2 * Runtime.getRuntime().availableProcessors();
            Child.Result result = new Child(
                            List.of(node.executable().toString(), script.toString(), request.toString()),
                            directory,
                            Map.of("UV_THREADPOOL_SIZE", String.valueOf(threads)))
                    .run();
            if (!result.succeeded()) {
                throw new AdapterException("Files in " + directory + " could not be compressed: " + result.text()
                        + (result.exitCode() == 3 ? "; set <nodeVersion>24</nodeVersion>, or leave zstd out" : ""));
            }
            return Arrays.stream(result.text().split(" ", -1))
                    .filter(number -> !number.isBlank())
                    .map(number -> files.get(Integer.parseInt(number.strip())))
                    .toList();
        } finally {
            Files.deleteIfExists(request);
            forget(cache, Instant.now().minus(KEEP));
        }
    }

    private static List<String> files(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) return List.of();
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> TEXT.matcher(name).find())
                    .sorted()
                    .toList();
        }
    }

    private static Path unpack(Path folder) throws IOException {
        Path script = folder.resolve("compress.mjs");
        try (InputStream in = Compressor.class.getResourceAsStream("compress.mjs")) {
            if (in == null) throw new IOException("the plugin's jar holds no compress.mjs");
            Files.write(script, in.readAllBytes());
        }
        return script;
    }

    /** Variants that no build asked for in a long time. */
    private static void forget(Path cache, Instant before) throws IOException {
        if (!Files.isDirectory(cache)) return;
        List<Path> old = new ArrayList<>();
        try (Stream<Path> entries = Files.list(cache)) {
            for (Path entry : entries.toList()) {
                if (Files.getLastModifiedTime(entry).compareTo(FileTime.from(before)) < 0) old.add(entry);
            }
        }
        for (Path entry : old) Files.deleteIfExists(entry);
    }
}
