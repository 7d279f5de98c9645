package dev.kitbridge.maven.builder;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Encoding;
import dev.kitbridge.maven.digest.Fingerprint;
import dev.kitbridge.maven.json.Json;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.Script;
import dev.kitbridge.maven.process.Child;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
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

    /** @return the files that now have a variant, relative to the folder */
    List<String> compress(Path directory, Set<Encoding> encodings) throws IOException {
        if (encodings.isEmpty() || !Files.isDirectory(directory)) return List.of();
        // Node starts while the folder is read
        try (Child.Running running = start()) {
            List<String> files = files(directory);
            if (files.isEmpty()) return List.of();
            running.tell(request(directory, encodings, files));
            Child.Result result = running.await((text, error) -> {}, seconds -> {});
            if (!result.succeeded()) {
                throw new AdapterException("Files in " + directory + " could not be compressed: " + result.text()
                        + (result.exitCode() == 3 ? "; set <nodeVersion>24</nodeVersion>, or leave zstd out" : ""));
            }
            return Arrays.stream(result.text().split(" ", -1))
                    .filter(number -> !number.isBlank())
                    .map(number -> files.get(Integer.parseInt(number.strip())))
                    .toList();
        }
    }

    private Child.Running start() throws IOException {
        Path script = new Script(Compressor.class, "compress.mjs").unpack(scratch.resolve("compress"));
        // one for each core, and as many that wait for the disk
        int threads = 2 * Runtime.getRuntime().availableProcessors();
        return new Child(
                        List.of(node.executable().toString(), script.toString()),
                        script.resolveSibling(""),
                        Map.of("UV_THREADPOOL_SIZE", String.valueOf(threads)))
                .start();
    }

    private String request(Path directory, Set<Encoding> encodings, List<String> files) {
        // each output folder has its own, so that parallel modules do not wait for each other
        String pack = Fingerprint.sha256(directory.toString().getBytes(StandardCharsets.UTF_8)) + ".pack";
        return Json.MAPPER.writeValueAsString(Map.of(
                "root", directory.toString(),
                "pack", scratch.resolve("compress").resolve(pack).toString(),
                "encodings", encodings.stream().sorted().map(Encoding::name).toList(),
                "files", files));
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
