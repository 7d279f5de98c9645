package dev.kitbridge.server.packed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The folders that the jar's files can be unpacked to. */
final class CacheFolder {

    private CacheFolder() {}

    /**
     * Returns {@code CACHE_DIRECTORY}, which systemd sets too, if it is set; otherwise the user's cache folder, and the
     * folder for temporary files in case the first is not usable.
     *
     * @param user null on a system that has no owners of files
     */
    static List<Path> candidates(Map<String, String> environment, @Nullable User user) {
        String given = environment.get("CACHE_DIRECTORY");
        if (given != null && !given.isEmpty()) {
            return List.of(Path.of(given).toAbsolutePath().resolve("kitbridge"));
        }
        List<Path> folders = new ArrayList<>();
        String xdg = environment.get("XDG_CACHE_HOME");
        Path home = Path.of(System.getProperty("user.home"));
        Path caches = xdg == null || xdg.isEmpty() ? home.resolve(".cache") : Path.of(xdg);
        // a user without an entry in /etc/passwd has the home '?'
        if (caches.isAbsolute()) {
            Path own = caches.resolve("kitbridge").resolve("run");
            if (Files.isDirectory(own) || Files.isWritable(Files.isDirectory(caches) ? caches : home)) folders.add(own);
        }
        String name = user == null ? System.getProperty("user.name") : String.valueOf(user.id());
        folders.add(Path.of(System.getProperty("java.io.tmpdir"), "kitbridge-" + name)
                .toAbsolutePath());
        return folders;
    }
}
