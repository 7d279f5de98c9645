package dev.kitbridge.maven.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.semver4j.Semver;

/**
 * A JavaScript runtime's binaries from the npm registry, in a per-user folder with one folder for each version and
 * platform. A folder is created under a temporary name and renamed, and holds the digest of the executable. A version
 * is used only if its digest matches. The digest is computed again if any attribute of the file has changed since the
 * last check.
 *
 * @param folder the folder of the cache
 * @param binary the runtime and platform
 */
record NodeCache(Path folder, Binary binary) {

    private static final String DIGEST = "sha256";

    /** Receives progress messages. */
    interface Progress {
        void say(String message);
    }

    /** A runtime whose digest has been checked. */
    record Cached(Path executable, String version) {

        NodeRuntime runtime(String origin) {
            return new NodeRuntime(executable, origin, version);
        }
    }

    /** Returns the newest cached version in a range whose digest matches. */
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

    /** Returns whether the digest of a folder matches; a folder with another digest is deleted. */
    private boolean isIntact(Path home, Progress progress) throws IOException {
        if (!Files.exists(home)) return false;
        if (isIntact(home, home.resolve(binary.executable()))) return true;
        progress.say(binary.name() + " in " + home + " has changed since it was fetched; fetching it again");
        delete(home);
        return false;
    }

    /**
     * Fetches the newest version in a range through npm, with npm's own registry settings.
     *
     * @param origin the setting that asks for the version, for messages
     * @param npm the command line of npm
     */
    Cached fetch(String range, String origin, List<String> npm, Progress progress) throws IOException {
        Files.createDirectories(folder);
        NpmRegistry registry = new NpmRegistry(npm, binary, range, origin);
        NpmRegistry.Published published = registry.newest(folder);
        Path home = home(published.version());
        if (isIntact(home, progress)) return cached(published.version());
        progress.say("Fetching " + binary.name() + " " + published.version() + " for " + binary.platform()
                + " through npm, into " + home);
        Path aside = folder.resolve(".part-" + UUID.randomUUID());
        Files.createDirectories(aside);
        try {
            Path archive = registry.fetch(published, aside);
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

    /** Another build may have created the folder meanwhile; its digest is checked too. */
    private void settle(Path aside, Path home) throws IOException {
        Path executable = home.resolve(binary.executable());
        if (Files.isDirectory(home) && !isIntact(home, executable)) delete(home);
        try {
            Files.move(aside, home);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            if (!isIntact(home, executable)) throw e;
        }
    }

    /** Compares the digest, unless all attributes of the file are the same as at the last check. */
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

    /** Writes a temporary file and renames it: another build may be reading the file. */
    private static void remember(Path home, String digest, String stamp) throws IOException {
        Path aside = Files.createTempFile(home, DIGEST, ".part");
        Files.writeString(aside, digest + "\n" + stamp + "\n");
        Files.move(aside, home.resolve(DIGEST), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Returns identity, size and times of a file, with its change time, which programs cannot set. Empty if the file
     * system has no change time.
     */
    private static String stamp(Path file) throws IOException {
        try {
            return new TreeMap<>(Files.readAttributes(file, "unix:ino,size,lastModifiedTime,ctime")).toString();
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return "";
        }
    }

    private static String digest(Path file) throws IOException {
        return HexFormat.of().formatHex(NpmRegistry.hash("SHA-256", file));
    }

    private static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return List.of();
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    /** Deletes a folder of the cache, which holds files only. */
    private static void delete(Path home) throws IOException {
        for (String name : names(home)) Files.delete(home.resolve(name));
        Files.deleteIfExists(home);
    }
}
