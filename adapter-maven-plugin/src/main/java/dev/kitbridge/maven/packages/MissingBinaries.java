package dev.kitbridge.maven.packages;

import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.adapter.TargetPlatform;
import dev.kitbridge.maven.app.App;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Finds native binaries that are missing for the target. Packages publish them as optional packages, one for each
 * platform ({@code @libsql/linux-x64-gnu}), and a package manager installs those of the building machine only.
 */
public final class MissingBinaries {

    private MissingBinaries() {}

    /**
     * Returns a warning for each binary that a package publishes for one of the target's platforms and that is not
     * installed.
     *
     * @param packages folders of packages
     */
    public static List<String> of(Collection<Path> packages, JavaScriptRuntime.Target target) throws IOException {
        List<String> warnings = new ArrayList<>();
        for (Path directory : new TreeSet<>(packages)) {
            JsonNode json = App.read(directory.resolve("package.json"));
            JsonNode optional = json.path("optionalDependencies");
            for (TargetPlatform platform : target.platforms()) {
                Set<String> stems = new TreeSet<>();
                for (String name : optional.propertyNames()) {
                    if (isFor(name, platform) && isInstalled(name, directory)) stems.add(stem(name, platform));
                }
                for (String name : optional.propertyNames()) {
                    if (!isFor(name, platform) || !stems.add(stem(name, platform))) continue;
                    warnings.add(warning(
                            json.path("name").asString(""),
                            platform,
                            name + "@" + optional.path(name).asString("")));
                }
            }
        }
        return warnings;
    }

    private static String warning(String owner, TargetPlatform platform, String missing) {
        return owner + " has no native binary for " + platform + ": " + missing + " is not installed, and " + owner
                + " may fail there. After each install run 'npm install --no-save --force " + missing
                + "'; with pnpm or Yarn, list the platform in supportedArchitectures";
    }

    private static boolean isFor(String name, TargetPlatform platform) {
        List<String> words = Arrays.asList(name.split("[^a-z0-9]+", -1));
        return words.contains(os(platform)) && words.contains(platform.arch()) && !words.contains("musl");
    }

    /**
     * Returns the name without the platform. A package may need several binaries for a platform, or publish
     * alternatives of which one is enough.
     */
    private static String stem(String name, TargetPlatform platform) {
        return name.substring(0, name.indexOf(os(platform)));
    }

    private static String os(TargetPlatform platform) {
        return platform.os().equals("win") ? "win32" : platform.os();
    }

    private static boolean isInstalled(String name, Path from) {
        for (Path folder = from; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("node_modules").resolve(name).resolve("package.json"))) return true;
        }
        return false;
    }
}
