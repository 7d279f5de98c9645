package dev.kitbridge.maven.packages;

import dev.kitbridge.maven.app.App;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The packages in an app's {@code package.json}, without optional ones. */
final class DirectDependencies {

    private DirectDependencies() {}

    /**
     * Returns the dependencies and development dependencies that Node does not find from the app's folder: the install
     * omitted them, or ran in another folder.
     */
    static List<String> missing(App app) throws IOException {
        JsonNode json = app.packageJson();
        TreeSet<String> names = new TreeSet<>();
        for (String group : List.of("dependencies", "devDependencies"))
            names.addAll(json.path(group).propertyNames());
        names.removeAll(json.path("optionalDependencies").propertyNames());
        return names.stream()
                .filter(name -> !isInstalled(name, app.directory()))
                .toList();
    }

    private static boolean isInstalled(String name, Path app) {
        for (Path folder = app; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("node_modules").resolve(name))) return true;
        }
        return false;
    }
}
