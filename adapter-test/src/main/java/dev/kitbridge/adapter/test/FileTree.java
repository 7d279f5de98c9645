package dev.kitbridge.adapter.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.assertj.core.api.AssertProvider;

/** The files of a folder, a jar or another ZIP archive. AssertJ's {@code assertThat} accepts it. */
public final class FileTree implements AssertProvider<TreeAssert> {

    private final Path root;
    private final SortedMap<String, byte[]> files;

    private FileTree(Path root, SortedMap<String, byte[]> files) {
        this.root = root;
        this.files = files;
    }

    /**
     * Reads a folder or an archive.
     *
     * @param root a folder, or a file in ZIP format; a path without a file is an empty tree
     * @return the files as they are now
     */
    public static FileTree of(Path root) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try {
            if (Files.isDirectory(root)) readFolder(root, files);
            else if (Files.exists(root)) readArchive(root, files);
        } catch (IOException e) {
            throw new UncheckedIOException(root + " is neither a folder nor a readable ZIP archive", e);
        }
        return new FileTree(root, files);
    }

    private static void readFolder(Path root, SortedMap<String, byte[]> files) throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
    }

    private static void readArchive(Path root, SortedMap<String, byte[]> files) throws IOException {
        try (ZipFile zip = new ZipFile(root.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.isDirectory()) continue;
                try (InputStream in = zip.getInputStream(entry)) {
                    files.put(entry.getName(), in.readAllBytes());
                }
            }
        }
    }

    /**
     * Returns the files.
     *
     * @return content by path; paths are relative, with slashes
     */
    public SortedMap<String, byte[]> files() {
        return Collections.unmodifiableSortedMap(files);
    }

    /**
     * Reads a file as UTF-8.
     *
     * @param path the file's path in this tree
     * @return its content
     * @throws NoSuchElementException if there is no such file
     */
    public String text(String path) {
        byte[] content = files.get(path);
        if (content == null) throw new NoSuchElementException(path + " is not in " + root);
        return new String(content, StandardCharsets.UTF_8);
    }

    @Override
    public TreeAssert assertThat() {
        return new TreeAssert(this);
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
