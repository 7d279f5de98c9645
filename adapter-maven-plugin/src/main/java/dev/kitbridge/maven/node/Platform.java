package dev.kitbridge.maven.node;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * A platform for which Node's binaries are on the npm registry.
 *
 * @param os {@code linux}, {@code darwin} or {@code win}, as in the packages' names
 * @param arch {@code x64}, {@code arm64}, ...
 */
record Platform(String os, String arch) {

    static Platform current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Platform of(String osName, String osArch) {
        String name = osName.toLowerCase(Locale.ROOT);
        String os = name.startsWith("mac") || name.startsWith("darwin")
                ? "darwin"
                : name.startsWith("windows") ? "win" : name.replaceAll("\\W", "");
        String arch =
                switch (osArch.toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64" -> "x64";
                    case "aarch64" -> "arm64";
                    default -> osArch.toLowerCase(Locale.ROOT);
                };
        return new Platform(os, arch);
    }

    /** The npm package that holds Node for this platform; the npm package {@code node} picks the same one. */
    String npmPackage() {
        String prefix = os.equals("darwin") && arch.equals("arm64") ? "node-bin" : "node";
        return prefix + "-" + os + "-" + arch;
    }

    /** Where Node is in that package. */
    String entry() {
        return os.equals("win") ? "package/bin/node.exe" : "package/bin/node";
    }

    String executable() {
        return os.equals("win") ? "node.exe" : "node";
    }

    /** What a program is called in a folder of {@code PATH}, most likely first. */
    String[] programs(String name) {
        return os.equals("win") ? new String[] {name + ".cmd", name + ".exe"} : new String[] {name};
    }

    /** The user's own cache folder. */
    Path userCache(Map<String, String> environment, String home) {
        return switch (os) {
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
