package dev.kitbridge.maven.builder;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Encoding;
import dev.kitbridge.adapter.Log;
import dev.kitbridge.maven.files.Fingerprint;
import dev.kitbridge.maven.node.NodeServer;
import dev.kitbridge.maven.node.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compresses text files with Node's zlib on all cores, and caches the variants by the digest of the original.
 *
 * @param node runs the compression
 * @param scratch the folder of Kitbridge in the app
 * @param progress receives about ten messages for a folder
 */
public record Compressor(NodeServer node, Path scratch, Consumer<String> progress) {

    /** The files that kit compresses. */
    private static final Pattern TEXT = Pattern.compile("[^/]+\\.(html|m?js|json|css|svg|xml|wasm|txt|mdx?)$");

    /** Limit in bytes: Node holds the whole file in memory, and Brotli's highest quality takes minutes. */
    private static final long LARGEST = 128L << 20;

    /**
     * Writes variants beside files. A file of the app with the name of a variant is not overwritten.
     *
     * @param log reports files that are too large
     * @return the files that have a variant, relative to the folder
     */
    List<String> compress(Path directory, Set<Encoding> encodings, Log log) throws IOException {
        if (encodings.isEmpty() || !Files.isDirectory(directory)) return List.of();
        node.start();
        List<String> files = files(directory, log);
        if (files.isEmpty()) return List.of();
        Path module = new Script(Compressor.class, "compress.mjs").unpack(scratch.resolve("compress"));
        // one cache for each output folder, so that parallel modules do not wait for each other
        String pack = Fingerprint.sha256(directory.toString().getBytes(StandardCharsets.UTF_8)) + ".pack";
        Map<String, Object> request = Map.of(
                "root", directory.toString(),
                "pack", module.resolveSibling(pack).toString(),
                "encodings", encodings.stream().sorted().map(Encoding::name).toList(),
                "files", files);
        try {
            return Stream.of(node.ask(module, request, progress).split(" ", -1))
                    .filter(number -> !number.isEmpty())
                    .map(number -> files.get(Integer.parseInt(number)))
                    .toList();
        } catch (NodeServer.Failed e) {
            throw new AdapterException(
                    "Files in " + directory + " could not be compressed: " + e.getMessage()
                            + (e.exitCode() == 3 ? "; set <nodeVersion>24</nodeVersion>, or leave zstd out" : ""),
                    e);
        }
    }

    private static List<String> files(Path directory, Log log) throws IOException {
        List<String> files = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) walk::iterator) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                if (!TEXT.matcher(name).find() || !Files.isRegularFile(file)) continue;
                long size = Files.size(file);
                if (size <= LARGEST) files.add(name);
                else
                    log.info(
                            name + " is not compressed: it has " + (size >> 20) + " MiB, more than " + (LARGEST >> 20));
            }
        }
        files.sort(null);
        return files;
    }
}
