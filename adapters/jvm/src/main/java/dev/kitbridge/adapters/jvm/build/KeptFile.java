package dev.kitbridge.adapters.jvm.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that is slow to write, and is reused by later builds. Its checksum and a key of its sources are stored beside
 * it; a build that finds others writes it again.
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
     * @param key names everything that the content depends on, in one line
     */
    static Path of(Path folder, String name, String key, Content content) throws IOException {
        // another Java version may compress to other bytes, which would make the build irreproducible
        Path file = folder.resolve("java-" + Runtime.version()).resolve(name);
        Path record = file.resolveSibling(name + ".key");
        if (!isWhole(file, record, key)) {
            Files.createDirectories(file.resolveSibling(""));
            Path part = file.resolveSibling(name + ".part");
            content.writeTo(part);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(record, recorded(key, file));
        }
        return file;
    }

    private static boolean isWhole(Path file, Path record, String key) throws IOException {
        return Files.isRegularFile(file)
                && Files.isRegularFile(record)
                && Files.readString(record).equals(recorded(key, file));
    }

    private static String recorded(String key, Path file) throws IOException {
        return key + " " + Digest.checksum(file) + "\n";
    }
}
