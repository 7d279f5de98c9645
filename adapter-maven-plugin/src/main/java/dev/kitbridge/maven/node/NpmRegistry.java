package dev.kitbridge.maven.node;

import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.json.Jackson;
import dev.kitbridge.maven.process.ChildProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.semver4j.Semver;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The versions of a JavaScript runtime in the npm registry, queried through npm with npm's own settings.
 *
 * @param npm the command line of npm
 * @param binary the runtime and platform
 * @param range the accepted versions
 * @param origin the setting that asks for them, for messages
 */
record NpmRegistry(List<String> npm, Binary binary, String range, String origin) {

    /**
     * A version.
     *
     * @param integrity Subresource Integrity from the registry, {@code sha512-...}
     */
    record Published(String version, String integrity) {}

    /**
     * Returns the newest version in the range.
     *
     * @param directory the working directory of npm
     */
    Published newest(Path directory) throws IOException {
        String spec = binary.npmPackage() + "@" + range;
        String text = run(directory, "view", spec, "version", "dist.integrity", "--json");
        JsonNode json;
        try {
            json = Jackson.MAPPER.readTree(text.isBlank() ? "[]" : text);
        } catch (JacksonException e) {
            throw new UserFailure("'npm view " + spec + " --json' did not answer with JSON: " + text, e);
        }
        List<Published> all = new ArrayList<>();
        for (JsonNode entry : json.isArray() ? json : List.of(json)) {
            all.add(new Published(
                    entry.path("version").asString(""),
                    entry.path("dist.integrity").asString("")));
        }
        return all.stream()
                .filter(published -> Semver.isValid(published.version()))
                .max(Comparator.comparing(published -> new Semver(published.version())))
                .orElseThrow(() -> new UserFailure("No version of " + binary.name() + " matches '" + range + "' ("
                        + origin + ") for " + binary.platform() + "; see 'npm view " + binary.npmPackage()
                        + " versions' for all of them"));
    }

    /** Fetches the archive of a version into a folder without an archive, and checks its integrity. */
    Path fetch(Published published, Path into) throws IOException {
        String exact = binary.npmPackage() + "@" + published.version();
        run(into, "pack", exact, "--pack-destination", into.toString());
        Path archive = archive(into);
        verify(archive, exact, published.integrity());
        return archive;
    }

    /** @return the output; an empty text if npm does not know the version */
    private String run(Path directory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(npm);
        command.addAll(List.of(arguments));
        StringBuilder out = new StringBuilder();
        ChildProcess.Result result = new ChildProcess(
                        command, directory, Map.of("NO_COLOR", "1", "npm_config_loglevel", "error"))
                .run(
                        (text, error) -> {
                            if (!error) out.append(text).append('\n');
                        },
                        seconds -> {});
        if (result.succeeded()) return out.toString();
        // for an unknown version npm fails; for a range without a match its output is empty
        if (result.text().contains("No match found for version")) return "";
        throw new UserFailure(binary.name() + " " + range + " (" + origin + ") could not be fetched: 'npm "
                + String.join(" ", arguments) + "' failed with exit code " + result.exitCode() + "\n  "
                + String.join("\n  ", result.tail()));
    }

    private static Path archive(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".tgz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("'npm pack' left no archive in " + folder));
        }
    }

    private static void verify(Path archive, String exact, String integrity) throws IOException {
        String expected = integrity.startsWith("sha512-") ? integrity.substring("sha512-".length()) : "";
        String found = Base64.getEncoder().encodeToString(hash("SHA-512", archive));
        if (!expected.equals(found)) {
            throw new UserFailure("The archive of " + exact + " is not what the registry published: expected "
                    + (expected.isEmpty() ? "a sha512 digest" : integrity) + ", found sha512-" + found
                    + "; nothing was kept");
        }
    }

    /** Returns a digest of a file. */
    static byte[] hash(String algorithm, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            byte[] buffer = new byte[1 << 18];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) digest.update(buffer, 0, read);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
