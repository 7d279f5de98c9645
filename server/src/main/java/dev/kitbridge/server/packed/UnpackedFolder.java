package dev.kitbridge.server.packed;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of unpacked files.
 *
 * @param folder its path
 * @param user null on a system that has no owners of files
 * @param readOnly whether it belongs to another user on a read-only file system; then only digests are checked
 */
record UnpackedFolder(Path folder, @Nullable User user, boolean readOnly) {

    private static final String STAMP = ".checked";

    /** Returns whether nothing has changed since the last check of the digests. */
    boolean isUnchanged(Collection<String> names) throws IOException {
        if (user == null || readOnly) return false;
        String now = status(names);
        Path stamp = folder.resolve(STAMP);
        if (now == null || !isSafe(stamp, false)) return false;
        return Files.readString(stamp).equals(now);
    }

    /** Returns the inode and ctime of each file; null if a file is missing or another user may have written it. */
    private @Nullable String status(Collection<String> names) throws IOException {
        if (user == null) return null;
        StringBuilder text = new StringBuilder(names.size() * 64);
        Set<Path> folders = new HashSet<>();
        for (String name : names) {
            Path file = folder.resolve(name);
            if (!areSafe(file.getParent(), folders)) return null;
            FileStatus status = read(file);
            if (status == null || !status.isFile() || user.objection(status) != null) return null;
            text.append(status.inode()).append(' ').append(status.changed());
            text.append(' ').append(name).append('\n');
        }
        return text.toString();
    }

    /** Returns whether this folder and the folders from it to another one are safe. */
    private boolean areSafe(@Nullable Path last, Set<Path> known) throws IOException {
        for (Path path = last; path != null && path.startsWith(folder) && known.add(path); path = path.getParent()) {
            if (!isSafe(path, true)) return false;
        }
        return true;
    }

    private boolean isSafe(Path path, boolean asFolder) throws IOException {
        FileStatus status = read(path);
        if (status == null || user == null) return false;
        return (asFolder ? status.isFolder() : status.isFile()) && user.objection(status) == null;
    }

    private static @Nullable FileStatus read(Path file) throws IOException {
        try {
            return FileStatus.of(file);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Returns whether a file has the digest of the jar's index. */
    boolean holds(String name, List<PackedFile> parts) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) return false;
        if (user != null && !readOnly && !(isSafe(file, false) && areSafe(file.getParent(), new HashSet<>()))) {
            return false;
        }
        long size = 0;
        for (PackedFile part : parts) size += part.size();
        if (Files.size(file) != size) return false;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (PackedFile part : parts) {
                if (!copy(in, part.size(), OutputStream.nullOutputStream()).equals(part.digest())) return false;
            }
        }
        return true;
    }

    /**
     * Writes a file under another name and renames it, so that it is never incomplete, and an open file does not
     * change.
     */
    void write(String name, List<PackedFile> parts, JarIndex index) throws IOException {
        Path file = folder.resolve(name);
        if (readOnly) throw new IOException(file + " is missing or damaged on a read-only file system");
        Path parent = file.resolveSibling("");
        Files.createDirectories(parent, Unpacking.PRIVATE);
        for (Path path = parent; path != null && path.startsWith(folder); path = path.getParent()) {
            FileStatus status = user == null ? null : FileStatus.of(path);
            String objection = status == null || user == null ? null : user.objection(status);
            if (status != null && !status.isFolder()) objection = "it is not a folder";
            if (objection != null) throw new IOException(path + ": " + objection + "; delete it");
        }
        Path part = Files.createTempFile(parent, ".part", "");
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                for (PackedFile each : parts) {
                    try (InputStream in = index.content(each)) {
                        if (copy(in, each.size(), out).equals(each.digest()) && in.read() < 0) continue;
                    }
                    throw new IOException(each.name() + " in the jar is damaged");
                }
            }
            if (parts.get(0).isExecutable() && FileStatus.SUPPORTED) {
                Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwx------"));
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Rejects additional files that another user may have written, since the app could load them. */
    void checkOtherFiles(Collection<String> names) throws IOException {
        if (!readOnly) return;
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) walk::iterator) {
                String name = folder.relativize(path).toString();
                boolean expected = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                        || name.equals(STAMP)
                        || names.contains(name);
                if (!expected)
                    throw new IOException(
                            path + " is not a file of the jar, and another user may have written it; delete it");
            }
        }
    }

    /** Records that the digests are right. A folder that is not writable is checked in full at each start. */
    void stamp(Collection<String> names) throws IOException {
        String now = readOnly || !Files.isWritable(folder) ? null : status(names);
        if (now == null) return;
        Path part = Files.createTempFile(folder, ".part", "");
        try {
            Files.write(part, now.getBytes(StandardCharsets.UTF_8));
            Files.move(
                    part, folder.resolve(STAMP), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Copies a stream. Returns the hexadecimal digest of the copied bytes. */
    private static String copy(InputStream in, long size, OutputStream out) throws IOException {
        MessageDigest sha = sha();
        // a small buffer for small files: npm packages have thousands of them
        byte[] buffer = new byte[(int) Math.min(size + 1, 64 * 1024)];
        for (long left = size; left > 0; ) {
            int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) break;
            sha.update(buffer, 0, count);
            out.write(buffer, 0, count);
            left -= count;
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    private static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
