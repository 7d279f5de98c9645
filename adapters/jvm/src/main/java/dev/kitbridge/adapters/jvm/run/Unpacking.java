package dev.kitbridge.adapters.jvm.run;

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
     * @param kind {@code -} for a file, {@code e} for one that may be executed, {@code x} for a runtime, whose entry is
     *     compressed and ends in {@code .gz}
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
    }

    /**
     * Where things are now.
     *
     * @param app the app's folder
     * @param runtime the JavaScript runtime, null where the jar carries none for this platform
     */
    record Unpacked(Path app, @Nullable Path runtime) {}

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
        for (Entry entry : entries) {
            Path file = folder.resolve(entry.name());
            boolean whole = Files.isRegularFile(file)
                    && Files.size(file) == entry.size()
                    && digest(file).equals(entry.digest());
            if (!whole) write(entry, file);
        }
        now = stamp(folder, entries);
        if (now != null) writeAside(stamp, now.getBytes(StandardCharsets.UTF_8));
    }

    /** What the file system says of the files; null where one is missing, or where it does not say enough. */
    private static @Nullable String stamp(Path folder, List<Entry> entries) {
        StringBuilder text = new StringBuilder(entries.size() * 64);
        for (Entry entry : entries) {
            try {
                Map<String, Object> attributes =
                        Files.readAttributes(folder.resolve(entry.name()), "unix:ino,size,ctime,lastModifiedTime");
                text.append(attributes.get("ino")).append(' ').append(attributes.get("size"));
                for (String time : List.of("ctime", "lastModifiedTime")) {
                    FileTime at = (FileTime) Objects.requireNonNull(attributes.get(time));
                    text.append(' ').append(at.to(TimeUnit.NANOSECONDS));
                }
                text.append(' ').append(entry.name()).append('\n');
            } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
                return null;
            }
        }
        return text.toString();
    }

    /** Written aside and renamed: a file that has its name is whole. */
    private void write(Entry entry, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Path part = Files.createTempFile(file.getParent(), ".part", "");
        try {
            MessageDigest sha = sha();
            try (InputStream in = content(entry);
                    OutputStream out = Files.newOutputStream(part)) {
                byte[] buffer = new byte[64 * 1024];
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    sha.update(buffer, 0, count);
                    out.write(buffer, 0, count);
                }
            }
            if (!HexFormat.of().formatHex(sha.digest()).equals(entry.digest())) {
                throw new IOException(entry.name() + " in the jar is damaged");
            }
            if (entry.kind() != '-' && POSIX) Files.setPosixFilePermissions(part, PRIVATE);
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

    private static String digest(Path file) throws IOException {
        MessageDigest sha = sha();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[64 * 1024];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) sha.update(buffer, 0, count);
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
