package dev.kitbridge.maven.node;

import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.failure.UserFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A version of Node or Bun, and the setting that asks for it.
 *
 * @param range a range in npm's notation: {@code 24}, {@code 24.21.0}, {@code ^22.17 || >=24}
 * @param origin the setting, for messages
 */
record WantedVersion(String range, String origin) {

    /** Reads {@code <nodeVersion>}; for {@code auto}, reads the app's files. */
    static WantedVersion of(String nodeVersion, Path app) throws IOException {
        if (!nodeVersion.equals("auto"))
            return plain(nodeVersion.strip(), "<nodeVersion>", "<nodeVersion>" + nodeVersion);
        for (Path folder = app; folder != null; folder = folder.getParent()) {
            Optional<WantedVersion> found = in(folder);
            if (found.isPresent()) return found.get();
            if (Files.exists(folder.resolve(".git"))) break;
        }
        throw new UserFailure("<nodeVersion>auto</nodeVersion> found no .nvmrc, no .node-version, and neither"
                + " devEngines.runtime nor engines.node in package.json, in " + app
                + " or above; add one of them, or set <nodeVersion>24</nodeVersion>");
    }

    private static Optional<WantedVersion> in(Path folder) throws IOException {
        for (String name : List.of(".nvmrc", ".node-version")) {
            Path file = folder.resolve(name);
            if (!Files.isRegularFile(file)) continue;
            Optional<String> line = Files.readAllLines(file).stream()
                    .map(text -> text.replaceFirst("#.*", "").strip())
                    .filter(text -> !text.isEmpty())
                    .findFirst();
            if (line.isPresent()) return Optional.of(plain(line.get(), file.toString(), file.toString()));
        }
        Path file = folder.resolve("package.json");
        if (!Files.isRegularFile(file)) return Optional.empty();
        JsonNode json = App.read(file);
        JsonNode runtime = json.path("devEngines").path("runtime");
        for (JsonNode entry : runtime.isArray() ? runtime : List.of(runtime)) {
            if (entry.path("name").asString("").equals("node")
                    && entry.path("version").isString()) {
                return Optional.of(new WantedVersion(entry.path("version").asString(), file + " (devEngines.runtime)"));
            }
        }
        JsonNode engine = json.path("engines").path("node");
        return engine.isString()
                ? Optional.of(new WantedVersion(engine.asString(), file + " (engines.node)"))
                : Optional.empty();
    }

    private static WantedVersion plain(String text, String where, String origin) {
        String range = text.startsWith("v") ? text.substring(1) : text;
        if (!isRange(range)) {
            throw new UserFailure("'" + text + "' in " + where + " is not a version of Node that can be fetched;"
                    + " expected a version or a range such as 24, 24.21.0 or ^22.17");
        }
        return new WantedVersion(range, origin);
    }

    /** Returns the version that an adapter asks for. */
    static WantedVersion ofAdapter(String name, String version) {
        if (!isRange(version) && !isExact(version)) {
            throw new UserFailure("'" + version + "' is not a version of " + name + " that can be fetched; expected a"
                    + " version such as 24.21.0, or a range such as ^24.1");
        }
        return new WantedVersion(version, "which the adapter asks for");
    }

    private static boolean isRange(String text) {
        return text.matches("[\\d.xX*^~<>=| -]+");
    }

    /** Returns whether the range is a single version. */
    boolean isExact() {
        return isExact(range);
    }

    private static boolean isExact(String text) {
        return text.matches("\\d+\\.\\d+\\.\\d+(-[\\w.-]+)?");
    }
}
