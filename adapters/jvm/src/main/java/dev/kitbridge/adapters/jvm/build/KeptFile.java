package dev.kitbridge.adapters.jvm.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that is slow to write, and is reused by later builds. Its digest and the digest of its sources are stored
 * beside it; a build that finds other digests writes it again.
 */
final class KeptFile {

    /** Writes the content. */
    @FunctionalInterface
    interface Content {
        void writeTo(Path file) throws IOException;
    }

    private KeptFile() {}

    /**
     * Returns the file. Writes it first unless an earlier build wrote it from the same sources.
     *
     * @param digest SHA-256 of everything that the content depends on
     */
    static Path of(Path folder, String name, String digest, Content content) throws IOException {
        // another Java version may compress to other bytes, which would make the build irreproducible
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
