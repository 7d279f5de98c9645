package dev.kitbridge.server.packed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mounted file system, from Linux's {@code /proc/self/mountinfo}: Java's {@code FileStore} does not see a bind mount
 * of the same device.
 *
 * @param point where it is mounted
 * @param options of the mount: {@code ro}, {@code noexec}
 */
record Mount(Path point, List<String> options) {

    private static final Path TABLE = Path.of("/proc/self/mountinfo");

    /** Returns the mount that a path is on; null if the system does not have the table. */
    static @Nullable Mount of(Path path) throws IOException {
        if (!Files.isReadable(TABLE)) return null;
        // names of mount points are bytes
        return of(path.toRealPath(), Files.readAllLines(TABLE, StandardCharsets.ISO_8859_1));
    }

    /** @param table lines as {@code 36 35 98:0 /root /point rw,noexec master:1 - ext4 /dev/sda rw} */
    static @Nullable Mount of(Path path, List<String> table) {
        Mount found = null;
        for (String line : table) {
            String[] fields = line.split(" ", 7);
            if (fields.length < 7) continue;
            Path point = Path.of(fields[4].replace("\\040", " "));
            boolean deeper = found == null || point.startsWith(found.point());
            // of two mounts on one point, the later covers the earlier
            if (path.startsWith(point) && deeper) found = new Mount(point, List.of(fields[5].split(",", -1)));
        }
        return found;
    }

    boolean isReadOnly() {
        return options.contains("ro");
    }

    boolean isNoexec() {
        return options.contains("noexec");
    }
}
