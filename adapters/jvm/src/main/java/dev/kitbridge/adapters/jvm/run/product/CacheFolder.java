package dev.kitbridge.adapters.jvm.run.product;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the jar's files are unpacked to. */
final class CacheFolder {

    private CacheFolder() {}

    /**
     * {@code CACHE_DIRECTORY}, which systemd sets too; else the user's cache folder, where there is one that can be
     * written to; else the folder for temporary files.
     */
    static Path of(Map<String, String> environment) {
        String given = environment.get("CACHE_DIRECTORY");
        if (given != null && !given.isEmpty())
            return Path.of(given).toAbsolutePath().resolve("kitbridge");
        @Nullable String xdg = environment.get("XDG_CACHE_HOME");
        Path home = Path.of(System.getProperty("user.home"));
        Path caches = xdg == null || xdg.isEmpty() ? home.resolve(".cache") : Path.of(xdg);
        Path nearest = Files.isDirectory(caches) ? caches : home;
        if (Files.isWritable(nearest)) return caches.resolve("kitbridge").resolve("run");
        return Path.of(System.getProperty("java.io.tmpdir"), "kitbridge-" + System.getProperty("user.name"));
    }
}
