package dev.kitbridge.maven.node;

import dev.kitbridge.adapter.TargetPlatform;
import java.nio.file.Path;
import java.util.Map;

/** The user's cache folder by the conventions of a platform. */
final class UserCache {

    private UserCache() {}

    /** Returns the folder for Kitbridge. */
    static Path folder(TargetPlatform platform, Map<String, String> environment, String home) {
        return switch (platform.os()) {
            case "win" -> {
                String local = environment.get("LOCALAPPDATA");
                yield local == null ? Path.of(home, "AppData", "Local", "kitbridge") : Path.of(local, "kitbridge");
            }
            case "darwin" -> Path.of(home, "Library", "Caches", "kitbridge");
            default -> {
                String xdg = environment.get("XDG_CACHE_HOME");
                yield xdg == null || xdg.isEmpty() ? Path.of(home, ".cache", "kitbridge") : Path.of(xdg, "kitbridge");
            }
        };
    }
}
