package dev.kitbridge.maven.builder;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Encoding;
import dev.kitbridge.maven.digest.Fingerprint;
import dev.kitbridge.maven.json.Json;
import dev.kitbridge.maven.node.IdleNode;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.Programs;
import dev.kitbridge.maven.node.Script;
import dev.kitbridge.maven.process.Child;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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
 * @param idle a Node that is up already, perhaps
 */
public record Compressor(NodeRuntime node, Path scratch, IdleNode idle) {

    private static final String ANSWER = "\u001eA";

    /** The files that kit compresses. */
    private static final Pattern TEXT = Pattern.compile("[^/]+\\.(html|m?js|json|css|svg|xml|wasm|txt|mdx?)$");

    /** @return the files that now have a variant, relative to the folder */
    List<String> compress(Path directory, Set<Encoding> encodings) throws IOException {
        if (encodings.isEmpty() || !Files.isDirectory(directory)) return List.of();
        Path module = new Script(Compressor.class, "compress.mjs").unpack(scratch.resolve("compress"));
        // Node starts while the folder is read
        try (Child.Running running = running(module)) {
            List<String> files = files(directory);
            if (files.isEmpty()) return List.of();
            running.tell(request(module, directory, encodings, files));
            List<String> said = Collections.synchronizedList(new ArrayList<>());
            Child.Result result = running.await((text, error) -> said.add(text), seconds -> {});
            if (!result.succeeded()) {
                throw new AdapterException("Files in " + directory + " could not be compressed: "
                        + String.join("\n", said)
                        + (result.exitCode() == 3 ? "; set <nodeVersion>24</nodeVersion>, or leave zstd out" : ""));
            }
            return said.stream()
                    .filter(line -> line.startsWith(ANSWER))
                    .flatMap(line -> Stream.of(line.substring(ANSWER.length()).split(" ", -1)))
                    .filter(number -> !number.isEmpty())
                    .map(number -> files.get(Integer.parseInt(number)))
                    .toList();
        }
    }

    private Child.Running running(Path module) throws IOException {
        Child.Running taken = idle.take();
        if (taken != null) return taken;
        List<String> command = List.of(node.executable().toString(), module.toString(), "alone");
        return new Child(command, module.resolveSibling(""), Programs.allCores()).start();
    }

    private String request(Path module, Path directory, Set<Encoding> encodings, List<String> files) {
        // each output folder has its own, so that parallel modules do not wait for each other
        String pack = Fingerprint.sha256(directory.toString().getBytes(StandardCharsets.UTF_8)) + ".pack";
        Map<String, Object> request = Map.of(
                "root", directory.toString(),
                "pack", module.resolveSibling(pack).toString(),
                "encodings", encodings.stream().sorted().map(Encoding::name).toList(),
                "files", files);
        return Json.MAPPER.writeValueAsString(Map.of("module", module.toString(), "request", request));
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
