package dev.kitbridge.adapters.jvm.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that takes long to write. It stays in the build folder for the next build, beside its digest and the digest of
 * its sources, which that build compares.
 */
final class KeptFile {

    /** Writes the content. */
    @FunctionalInterface
    interface Content {
        void writeTo(Path file) throws IOException;
    }

    private KeptFile() {}

    /**
     * Returns the file, and writes it unless an earlier build wrote it from the same sources.
     *
     * @param digest SHA-256 of everything that the content depends on
     */
    static Path of(Path folder, String name, String digest, Content content) throws IOException {
        // another Java may compress to other bytes, and a build must not depend on what an earlier one left
        Path file = folder.resolve("java-" + Runtime.version()).resolve(name);
        Path record = file.resolveSibling(name + ".sha256");
        if (!isWhole(file, record, digest)) {
            Files.createDirectories(file.resolveSibling(""));
            Path part = file.resolveSibling(name + ".part");
            content.writeTo(part);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(record, digests(digest, file));
        }
        return file;
    }

    private static boolean isWhole(Path file, Path record, String digest) throws IOException {
        return Files.isRegularFile(file)
                && Files.isRegularFile(record)
                && Files.readString(record).equals(digests(digest, file));
    }

    private static String digests(String source, Path file) throws IOException {
        return source + " " + Digest.hex(file) + "\n";
    }
}
