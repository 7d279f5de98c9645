package dev.kitbridge.maven.builder;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Encoding;
import dev.kitbridge.maven.digest.Fingerprint;
import dev.kitbridge.maven.node.NodeServer;
import dev.kitbridge.maven.node.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compresses text files with Node's zlib on all cores, and keeps the variants for the next build by the digest of what
 * they are variants of.
 *
 * @param node does it
 * @param scratch the bridge's folder
 * @param progress told how far it is, about ten times for a folder
 */
public record Compressor(NodeServer node, Path scratch, Consumer<String> progress) {

    /** The files that kit compresses. */
    private static final Pattern TEXT = Pattern.compile("[^/]+\\.(html|m?js|json|css|svg|xml|wasm|txt|mdx?)$");

    /** A compressor that tells nobody. */
    public Compressor(NodeServer node, Path scratch) {
        this(node, scratch, message -> {});
    }

    /** @return the files that now have a variant, relative to the folder */
    List<String> compress(Path directory, Set<Encoding> encodings) throws IOException {
        if (encodings.isEmpty() || !Files.isDirectory(directory)) return List.of();
        node.start();
        List<String> files = files(directory);
        if (files.isEmpty()) return List.of();
        Path module = new Script(Compressor.class, "compress.mjs").unpack(scratch.resolve("compress"));
        // each output folder has its own, so that parallel modules do not wait for each other
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

    private static List<String> files(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> TEXT.matcher(name).find())
                    .sorted()
                    .toList();
        }
    }
}
