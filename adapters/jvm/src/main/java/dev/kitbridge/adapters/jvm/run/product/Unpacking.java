package dev.kitbridge.adapters.jvm.run.product;

import dev.kitbridge.server.site.SitePack;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks the jar's files into private folders that are named by their content. What lies there already is checked: by
 * digest, or, where nothing about a file has changed since it was, by what the file system says of it (identity, size,
 * times of change), which takes a hundredth of the time.
 */
final class Unpacking {

    private static final String STAMP = ".checked";

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    /**
     * A file of the jar.
     *
     * @param digest SHA-256, hexadecimal
     * @param kind {@code -} for a file, {@code e} for one that may be executed, {@code p} for one that goes into the
     *     {@link SitePack}, {@code x} for a runtime, whose entry is compressed and ends in {@code .gz}
     * @param size in bytes
     * @param name its entry
     */
    private record Entry(String digest, char kind, long size, String name) {

        static Entry of(String line) {
            int first = line.indexOf(' ');
            int size = line.indexOf(' ', first + 1);
            int name = line.indexOf(' ', size + 1);
            return new Entry(
                    line.substring(0, first),
                    line.charAt(first + 1),
                    Long.parseLong(line.substring(size + 1, name)),
                    line.substring(name + 1));
        }

        /** The file that it is unpacked to. */
        String file() {
            return kind == 'p' ? "app/" + SitePack.FILE : name;
        }
    }

    private final ClassLoader jar;
    private final Path cache;

    /** @param cache a folder that is this user's alone */
    Unpacking(ClassLoader jar, Path cache) {
        this.jar = jar;
        this.cache = cache;
    }

    /** @throws IOException if there is no room, or the folder is somebody else's */
    Unpacked unpack(String platform) throws IOException {
        String name;
        List<Entry> app = new ArrayList<>();
        @Nullable Entry runtime = null;
        String own = "runtime/" + platform + "/";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(open("META-INF/kitbridge/files"), StandardCharsets.UTF_8))) {
            name = String.valueOf(lines.readLine());
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Entry entry = Entry.of(line);
                if (entry.name().startsWith("app/")) app.add(entry);
                else if (entry.name().startsWith(own)) runtime = entry;
            }
        }
        makePrivate();
        Path folder = cache.resolve(name);
        check(folder, app);
        if (runtime == null) return new Unpacked(folder.resolve("app"), null);
        Path programs = cache.resolve(runtime.digest().substring(0, 32));
        check(programs, List.of(runtime));
        return new Unpacked(folder.resolve("app"), programs.resolve(runtime.name()));
    }

    private void makePrivate() throws IOException {
        if (!POSIX) {
            Files.createDirectories(cache);
        } else if (!Files.isDirectory(cache)) {
            Files.createDirectories(cache.resolveSibling(""));
            Files.createDirectory(cache, PosixFilePermissions.asFileAttribute(PRIVATE));
        } else {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(cache);
            if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new IOException("others may write to it; expected a folder that is this user's alone");
            }
        }
    }

    private void check(Path folder, List<Entry> entries) throws IOException {
        Path stamp = folder.resolve(STAMP);
        String now = stamp(folder, entries);
        if (now != null && Files.isRegularFile(stamp) && Files.readString(stamp).equals(now)) return;
        Map<String, List<Entry>> files = new LinkedHashMap<>();
        for (Entry entry : entries) {
            files.computeIfAbsent(entry.file(), name -> new ArrayList<>()).add(entry);
        }
        for (Map.Entry<String, List<Entry>> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            if (!isWhole(path, file.getValue())) write(file.getValue(), path);
        }
        now = stamp(folder, entries);
        if (now != null) writeAside(stamp, now.getBytes(StandardCharsets.UTF_8));
    }

    /** What the file system says of the files; null where one is missing, or where it does not say enough. */
    private static @Nullable String stamp(Path folder, List<Entry> entries) {
        StringBuilder text = new StringBuilder(entries.size() * 64);
        String last = "";
        for (Entry entry : entries) {
            String name = entry.file();
            if (name.equals(last)) continue; // one more in the pack
            last = name;
            try {
                // any change of a file changes its ctime, which nobody can set
                Map<String, Object> attributes = Files.readAttributes(folder.resolve(name), "unix:ino,ctime");
                FileTime changed = (FileTime) Objects.requireNonNull(attributes.get("ctime"));
                text.append(attributes.get("ino")).append(' ');
                text.append(changed.to(TimeUnit.NANOSECONDS)).append(' ');
                text.append(name).append('\n');
            } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
                return null;
            }
        }
        return text.toString();
    }

    private static boolean isWhole(Path file, List<Entry> entries) throws IOException {
        long size = 0;
        for (Entry entry : entries) size += entry.size();
        if (!Files.isRegularFile(file) || Files.size(file) != size) return false;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (Entry entry : entries) {
                if (!copy(in, entry.size(), OutputStream.nullOutputStream()).equals(entry.digest())) return false;
            }
        }
        return true;
    }

    /** Written aside and renamed: a file that has its name is whole. */
    private void write(List<Entry> entries, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Path part = Files.createTempFile(file.getParent(), ".part", "");
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                for (Entry entry : entries) {
                    try (InputStream in = content(entry)) {
                        if (copy(in, entry.size(), out).equals(entry.digest()) && in.read() < 0) continue;
                    }
                    throw new IOException(entry.name() + " in the jar is damaged");
                }
            }
            char kind = entries.get(0).kind();
            if ((kind == 'e' || kind == 'x') && POSIX) Files.setPosixFilePermissions(part, PRIVATE);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void writeAside(Path file, byte[] content) throws IOException {
        Path part = Files.createTempFile(file.getParent(), ".part", "");
        Files.write(part, content);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private InputStream content(Entry entry) throws IOException {
        return entry.kind() == 'x' ? new GZIPInputStream(open(entry.name() + ".gz"), 1 << 16) : open(entry.name());
    }

    /** @return the digest of what was copied, hexadecimal */
    private static String copy(InputStream in, long size, OutputStream out) throws IOException {
        MessageDigest sha = sha();
        // npm packages are thousands of small files
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

    private InputStream open(String name) throws IOException {
        InputStream in = jar.getResourceAsStream(name);
        if (in == null) throw new IOException("the jar holds no " + name);
        return in;
    }
}
