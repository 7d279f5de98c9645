package dev.kitbridge.maven.packages;

import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.packages.PackageManager.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.semver4j.Semver;
import tools.jackson.databind.JsonNode;

/**
 * A package manager that a file of the app names.
 *
 * @param kind the package manager
 * @param version a version or a range, or empty
 * @param origin the setting or file, for messages
 */
record NamedManager(Kind kind, String version, String origin) {

    /** Reads {@code packageManager}, else {@code devEngines.packageManager} of a folder's {@code package.json}. */
    static Optional<NamedManager> in(Path folder) throws IOException {
        Path file = folder.resolve("package.json");
        if (!Files.isRegularFile(file)) return Optional.empty();
        JsonNode json = App.read(file);
        String[] pinned = json.path("packageManager").asString("").split("@", 2);
        Optional<NamedManager> named = pinned.length < 2
                ? Optional.empty()
                // a digest of the archive may follow
                : named(pinned[0], pinned[1].replaceFirst("\\+.*", ""), "packageManager in " + file);
        if (named.isPresent()) return named;
        JsonNode engines = json.path("devEngines").path("packageManager");
        for (JsonNode engine : engines.isArray() ? engines : List.of(engines)) {
            named = named(
                    engine.path("name").asString(""),
                    engine.path("version").asString(""),
                    "devEngines.packageManager in " + file);
            if (named.isPresent()) return named;
        }
        return Optional.empty();
    }

    private static Optional<NamedManager> named(String name, String version, String origin) {
        for (Kind kind : Kind.values()) {
            if (kind.program().equals(name)) return Optional.of(new NamedManager(kind, version, origin));
        }
        return Optional.empty();
    }

    /**
     * Derives the version from the format of a lock file, limited by {@code engines} of the {@code package.json} beside
     * it.
     */
    static NamedManager byLockFile(Kind kind, Path lock) throws IOException {
        Path file = lock.resolveSibling("package.json");
        String engine = Files.isRegularFile(file)
                ? App.read(file).path("engines").path(kind.program()).asString("")
                : "";
        List<Integer> majors = LockFormat.majors(kind, lock);
        String range = majors.stream()
                .filter(major -> engine.isEmpty() || new Semver(major + ".999.999").satisfies(engine))
                .map(String::valueOf)
                .collect(Collectors.joining(" || "));
        boolean byEngine = range.isEmpty() && kind != Kind.NPM;
        return new NamedManager(
                kind,
                byEngine ? engine : range,
                byEngine ? "engines." + kind.program() + " in " + file : lock.toString());
    }
}
