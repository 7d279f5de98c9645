package dev.kitbridge.maven.node;

import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.json.Json;
import dev.kitbridge.maven.process.Child;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.semver4j.Semver;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A JavaScript runtime's binaries from the npm registry, in a per-user folder: one folder for each version and
 * platform, made aside and renamed, with the digest of what was unpacked. A version is used only if its digest is
 * right; it is computed anew as soon as anything about the file is different from when it was last found right.
 *
 * @param folder where they are kept
 * @param binary of which runtime, for which platform
 */
record NodeCache(Path folder, Binary binary) {

    private static final String DIGEST = "sha256";

    /** Says what is being done. */
    interface Progress {
        void say(String message);
    }

    /** A runtime that has been checked. */
    record Cached(Path executable, String version) {

        NodeRuntime runtime(String origin) {
            return new NodeRuntime(executable, origin, version);
        }
    }

    /** The newest version here that a range allows, once it has been checked. */
    Optional<Cached> find(String range, Progress progress) throws IOException {
        List<Semver> versions = new ArrayList<>();
        for (String name : names(folder)) {
            String suffix = "-" + binary.platform();
            if (!name.endsWith(suffix)) continue;
            Semver version = Semver.parse(name.substring(0, name.length() - suffix.length()));
            if (version != null && version.satisfies(range)) versions.add(version);
        }
        versions.sort(Comparator.reverseOrder());
        for (Semver version : versions) {
            Path home = home(version.getVersion());
            if (isIntact(home, progress)) return Optional.of(cached(version.getVersion()));
        }
        return Optional.empty();
    }

    private Cached cached(String version) {
        return new Cached(home(version).resolve(binary.executable()), version);
    }

    /** Whether a folder of the cache holds what was put there; if not, it is deleted. */
    private boolean isIntact(Path home, Progress progress) throws IOException {
        if (!Files.exists(home)) return false;
        if (isIntact(home, home.resolve(binary.executable()))) return true;
        progress.say(
                binary.name() + " in " + home + " is not what was put there; it is not used and will be fetched again");
        delete(home);
        return false;
    }

    /**
     * Fetches the newest version that a range allows through npm, with npm's own registry settings.
     *
     * @param origin who asks for it, for messages
     * @param npm how to run npm
     */
    Cached fetch(String range, String origin, List<String> npm, Progress progress) throws IOException {
        Files.createDirectories(folder);
        Npm run = new Npm(npm, binary.name() + " " + range + " (" + origin + ")");
        Published published = newest(range, origin, run);
        Path home = home(published.version());
        if (isIntact(home, progress)) return cached(published.version());
        progress.say("Fetching " + binary.name() + " " + published.version() + " for " + binary.platform()
                + " through npm, into " + home);
        Path aside = folder.resolve(".part-" + UUID.randomUUID());
        Files.createDirectories(aside);
        try {
            String exact = binary.npmPackage() + "@" + published.version();
            run.in(aside, "pack", exact, "--pack-destination", aside.toString());
            Path archive = archive(aside);
            verify(archive, exact, published.integrity());
            Path executable = aside.resolve(binary.executable());
            unpack(archive, executable);
            Files.delete(archive);
            Files.writeString(aside.resolve(DIGEST), digest(executable));
            settle(aside, home);
            return cached(published.version());
        } finally {
            delete(aside);
        }
    }

    private Path home(String version) {
        return folder.resolve(version + "-" + binary.platform());
    }

    private record Published(String version, String integrity) {}

    private Published newest(String range, String origin, Npm npm) throws IOException {
        String spec = binary.npmPackage() + "@" + range;
        String text = npm.in(folder, "view", spec, "version", "dist.integrity", "--json");
        JsonNode json;
        try {
            json = Json.MAPPER.readTree(text.isBlank() ? "[]" : text);
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
                        + " versions' for what there is"));
    }

    /**
     * Runs npm.
     *
     * @param program how
     * @param wanted what it is to fetch, for messages
     */
    private record Npm(List<String> program, String wanted) {

        /** @return what it wrote, or nothing where it does not know the version */
        String in(Path directory, String... arguments) throws IOException {
            List<String> command = new ArrayList<>(program);
            command.addAll(List.of(arguments));
            StringBuilder out = new StringBuilder();
            Child.Result result = new Child(command, directory, Map.of("NO_COLOR", "1", "npm_config_loglevel", "error"))
                    .run(
                            (text, error) -> {
                                if (!error) out.append(text).append('\n');
                            },
                            seconds -> {});
            if (result.succeeded()) return out.toString();
            // of one version that does not exist; of a range, npm answers with nothing
            if (result.text().contains("No match found for version")) return "";
            throw new UserFailure(wanted + " could not be fetched: 'npm " + String.join(" ", arguments)
                    + "' failed with exit code " + result.exitCode() + "\n  " + String.join("\n  ", result.tail()));
        }
    }

    private static Path archive(Path folder) throws IOException {
        for (String name : names(folder)) {
            if (name.endsWith(".tgz")) return folder.resolve(name);
        }
        throw new IOException("'npm pack' left no archive in " + folder);
    }

    /** @param integrity Subresource Integrity as the registry publishes it, {@code sha512-...} */
    private static void verify(Path archive, String exact, String integrity) throws IOException {
        String expected = integrity.startsWith("sha512-") ? integrity.substring("sha512-".length()) : "";
        String found = Base64.getEncoder().encodeToString(hash("SHA-512", archive));
        if (!expected.equals(found)) {
            throw new UserFailure("The archive of " + exact + " is not what the registry published: expected "
                    + (expected.isEmpty() ? "a sha512 digest" : integrity) + ", found sha512-" + found
                    + "; nothing was kept");
        }
    }

    private void unpack(Path archive, Path executable) throws IOException {
        try (InputStream file = Files.newInputStream(archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(new GzipCompressorInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (!entry.getName().equals(binary.entry())) continue;
                Files.copy(tar, executable);
                if (!executable.toFile().setExecutable(true)) {
                    throw new IOException(executable + " cannot be made executable");
                }
                return;
            }
        }
        throw new IOException(archive.getFileName() + " holds no " + binary.entry());
    }

    /** Another build may have been faster; what it put there has to be whole, like everything that is used. */
    private void settle(Path aside, Path home) throws IOException {
        Path executable = home.resolve(binary.executable());
        if (Files.isDirectory(home) && !isIntact(home, executable)) delete(home);
        try {
            Files.move(aside, home);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            if (!isIntact(home, executable)) throw e;
        }
    }

    /** Compares the digest, unless nothing at all about the file changed since that was done. */
    private static boolean isIntact(Path home, Path executable) throws IOException {
        try {
            List<String> known = Files.readAllLines(home.resolve(DIGEST));
            String stamp = stamp(executable);
            if (known.size() == 2 && known.get(1).equals(stamp)) return true;
            if (known.isEmpty() || !known.get(0).equals(digest(executable))) return false;
            if (!stamp.isEmpty()) remember(home, known.get(0), stamp);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Written aside and renamed: another build may be reading it. */
    private static void remember(Path home, String digest, String stamp) throws IOException {
        Path aside = Files.createTempFile(home, DIGEST, ".part");
        Files.writeString(aside, digest + "\n" + stamp + "\n");
        Files.move(aside, home.resolve(DIGEST), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Identity, size and times of a file, with the time of its last change, which nobody can set; else empty. */
    private static String stamp(Path file) throws IOException {
        try {
            return new TreeMap<>(Files.readAttributes(file, "unix:ino,size,lastModifiedTime,ctime")).toString();
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return "";
        }
    }

    private static String digest(Path file) throws IOException {
        return HexFormat.of().formatHex(hash("SHA-256", file));
    }

    private static byte[] hash(String algorithm, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            byte[] buffer = new byte[1 << 18];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) digest.update(buffer, 0, read);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    /** Deletes one of the cache's own folders, which hold files only. */
    private static void delete(Path home) throws IOException {
        for (String name : names(home)) Files.delete(home.resolve(name));
        Files.deleteIfExists(home);
    }
}
