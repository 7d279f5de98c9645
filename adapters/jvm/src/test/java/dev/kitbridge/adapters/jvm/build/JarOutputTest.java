package dev.kitbridge.adapters.jvm.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

class JarOutputTest {

    private static final Instant TIMESTAMP = Instant.parse("2026-11-01T00:30:00Z");

    @TempDir
    Path temp;

    private static byte[] content(ZipFile jar, String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
            return in.readAllBytes();
        }
    }

    private Path write(String name) throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "file ".repeat(100));
        Path jar = temp.resolve(name);
        try (JarOutput out = new JarOutput(jar, TIMESTAMP)) {
            out.write("text", "ä");
            out.write("bytes", new byte[] {1, 2, 3});
            out.write("folder/file", file);
            out.store("stored", file);
        }
        return jar;
    }

    @Test
    void entriesHaveTheGivenContentMethodAndTime() throws IOException {
        try (ZipFile jar = new ZipFile(write("a.jar").toFile())) {
            assertThat(content(jar, "text")).asString().isEqualTo("ä");
            assertThat(content(jar, "bytes")).containsExactly(1, 2, 3);
            assertThat(content(jar, "folder/file")).asString().isEqualTo("file ".repeat(100));
            assertThat(content(jar, "stored")).asString().isEqualTo("file ".repeat(100));
            assertThat(jar.getEntry("folder/file").getMethod()).isEqualTo(ZipEntry.DEFLATED);
            assertThat(jar.getEntry("stored").getMethod()).isEqualTo(ZipEntry.STORED);
            assertThat(Collections.list(jar.entries()))
                    .allSatisfy(
                            entry -> assertThat(entry.getTimeLocal()).asString().isEqualTo("2026-11-01T00:30"));
        }
    }

    @Test
    @ResourceLock(Resources.TIME_ZONE)
    void theTimeZoneChangesNothing() throws IOException {
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
            byte[] utc = Files.readAllBytes(write("utc.jar"));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
            assertThat(Files.readAllBytes(write("kolkata.jar"))).isEqualTo(utc);
            TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
            assertThat(Files.readAllBytes(write("york.jar"))).isEqualTo(utc);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void entriesOfAnotherJarAreCopiedAsTheyAreCompressed() throws IOException {
        Path from = write("from.jar");
        Path to = temp.resolve("to.jar");
        try (JarOutput out = new JarOutput(to, null)) {
            out.copy(from, name -> !name.equals("bytes"));
        }
        try (ZipFile jar = new ZipFile(to.toFile());
                ZipFile source = new ZipFile(from.toFile())) {
            assertThat(Collections.list(jar.entries()))
                    .extracting(ZipEntry::getName)
                    .containsExactly("text", "folder/file", "stored");
            assertThat(content(jar, "folder/file")).isEqualTo(content(source, "folder/file"));
            assertThat(content(jar, "stored")).isEqualTo(content(source, "stored"));
            assertThat(jar.getEntry("folder/file").getCompressedSize())
                    .isEqualTo(source.getEntry("folder/file").getCompressedSize());
            assertThat(jar.getEntry("text").getTimeLocal()).asString().isEqualTo("1980-01-01T00:00");
        }
    }

    /** More than 2^31 bytes. */
    @Test
    void aFileMayHaveMoreThanTwoGigabytes() throws IOException {
        Path large = temp.resolve("large");
        long size = (2L << 30) + 5;
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(size);
        }
        Path jar = temp.resolve("large.jar");
        try (JarOutput out = new JarOutput(jar, TIMESTAMP)) {
            out.write("large", large);
            out.write("after", "after");
        }
        try (ZipFile read = new ZipFile(jar.toFile())) {
            assertThat(read.getEntry("large").getSize()).isEqualTo(size);
            assertThat(content(read, "after")).asString().isEqualTo("after");
        }
    }
}
