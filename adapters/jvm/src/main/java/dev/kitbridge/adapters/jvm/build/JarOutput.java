package dev.kitbridge.adapters.jvm.build;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Writes a jar. Its bytes depend only on the entries and the timestamp, except in a time zone whose clocks skip the
 * timestamp's hour in spring.
 */
final class JarOutput implements Entries, Closeable {

    /** The earliest time that a jar can store, for builds without project.build.outputTimestamp. */
    private static final LocalDateTime FIRST = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ZipArchiveOutputStream zip;
    private final LocalDateTime time;

    /** @param timestamp of all entries */
    JarOutput(Path file, @Nullable Instant timestamp) throws IOException {
        this.zip = new ZipArchiveOutputStream(file);
        this.time = timestamp == null ? FIRST : LocalDateTime.ofInstant(timestamp, ZoneOffset.UTC);
    }

    @Override
    public void write(String name, byte[] content) throws IOException {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setSize(content.length);
        begin(entry);
        zip.write(content);
        zip.closeArchiveEntry();
    }

    @Override
    public void write(String name, Path file) throws IOException {
        write(name, file, ZipEntry.DEFLATED);
    }

    /**
     * Writes a file without compression. The loader reads classes from a nested jar in place, and a compressed runtime
     * would not become smaller.
     */
    @Override
    public void store(String name, Path file) throws IOException {
        write(name, file, ZipEntry.STORED);
    }

    private void write(String name, Path file, int method) throws IOException {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        // the size decides whether the entry needs ZIP64
        entry.setSize(Files.size(file));
        entry.setMethod(method);
        begin(entry);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.transferTo(zip);
        }
        zip.closeArchiveEntry();
    }

    /** Copies entries of another jar without compressing them again. */
    void copy(Path jar, Predicate<String> names) throws IOException {
        try (ZipFile from = ZipFile.builder().setPath(jar).get()) {
            for (ZipArchiveEntry entry : Collections.list(from.getEntriesInPhysicalOrder())) {
                if (entry.isDirectory() || !names.test(entry.getName())) continue;
                ZipArchiveEntry copy = new ZipArchiveEntry(entry.getName());
                copy.setMethod(entry.getMethod());
                copy.setSize(entry.getSize());
                copy.setCompressedSize(entry.getCompressedSize());
                copy.setCrc(entry.getCrc());
                prepare(copy);
                try (InputStream in = from.getRawInputStream(entry)) {
                    zip.addRawArchiveEntry(copy, in);
                }
            }
        }
    }

    private void begin(ZipArchiveEntry entry) throws IOException {
        prepare(entry);
        zip.putArchiveEntry(entry);
    }

    private void prepare(ZipArchiveEntry entry) {
        entry.setTimeLocal(time);
        entry.setUnixMode(UnixStat.FILE_FLAG | UnixStat.DEFAULT_FILE_PERM);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
