package dev.kitbridge.maven.packages;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.maven.app.App;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Lays out some of an app's installed packages, with their dependencies at run time, in another {@code node_modules}.
 * From each package, Node finds the same dependencies as before. A package in the {@code node_modules} of another
 * package stays there. Others move to the top, unless the top has another version.
 */
public final class Production {

    private static final String MODULES = "node_modules/";

    /** A package that is nested in itself more often than this, through other versions, has no valid place. */
    private static final int MOST_NESTED = 3;

    /** A package: its folder, links resolved, and the folder whose {@code node_modules} it was found in. */
    private record Found(Path directory, Path owner) {}

    private final Map<String, Path> places = new LinkedHashMap<>();
    private final Map<Path, SortedMap<String, Found>> needs = new HashMap<>();
    private final Map<Path, SortedMap<String, Found>> optionalPeers = new HashMap<>();
    private final JavaScriptRuntime.@Nullable Target target;
    private final Consumer<String> warnings;

    private Production(JavaScriptRuntime.@Nullable Target target, Consumer<String> warnings) {
        this.target = target;
        this.warnings = warnings;
    }

    /**
     * Finds packages.
     *
     * @param app the app's folder
     * @param names of packages, as they are imported
     * @param target where they run; optional packages for other platforms are omitted. Null if unknown
     * @param warnings accepts a line for each dependency of a package that is not installed
     * @return folders of packages by their places, {@code node_modules/a/node_modules/b}
     * @throws AdapterException if a package is not installed
     */
    public static Map<String, Path> of(
            Path app, Collection<String> names, JavaScriptRuntime.@Nullable Target target, Consumer<String> warnings)
            throws IOException {
        Production production = new Production(target, warnings);
        for (String name : new TreeSet<>(names)) {
            check(name);
            Found found = find(name, app)
                    .orElseThrow(() -> new AdapterException("The package '" + name + "' is not installed: it is in no"
                            + " node_modules of " + app + " or above; add it to the dependencies in "
                            + app.resolve("package.json") + " and install it, or correct its name"));
            production.places.put(MODULES + name, found.directory());
        }
        production.settle();
        return Collections.unmodifiableMap(production.places);
    }

    private static void check(String name) {
        if (name.matches("(@[\\w.~-]+/)?[\\w~-][\\w.~-]*") && !name.equals("node_modules")) return;
        throw new AdapterException("'" + name + "' is not the name of an npm package; expected a name such as sharp or"
                + " @scope/name, without a path inside the package");
    }

    /**
     * Places packages until each one finds its dependencies. Placing a package may hide another one from the packages
     * below it.
     */
    private void settle() throws IOException {
        boolean settled = false;
        while (!settled) {
            settled = true;
            for (String place : List.copyOf(places.keySet())) {
                Path directory = directory(place);
                for (Map.Entry<String, Found> need : needs(directory).entrySet()) {
                    settled &= !place(place, need.getKey(), need.getValue());
                }
                for (Map.Entry<String, Found> peer : optionalPeers(directory).entrySet()) {
                    if (!places.containsValue(peer.getValue().directory())) continue;
                    settled &= !place(place, peer.getKey(), peer.getValue());
                }
            }
        }
    }

    private SortedMap<String, Found> optionalPeers(Path directory) {
        return optionalPeers.getOrDefault(directory, Collections.emptySortedMap());
    }

    /** @return whether a package was placed */
    private boolean place(String dependent, String name, Found wanted) {
        String seen = lookUp(dependent, name);
        if (seen != null && directory(seen).equals(wanted.directory())) return false;
        for (String outer = dependent; !outer.isEmpty(); outer = outer(outer)) {
            if (!directory(outer).equals(wanted.owner())) continue;
            String kept = outer + "/" + MODULES + name;
            if (places.putIfAbsent(kept, wanted.directory()) != null) break;
            if (kept.equals(lookUp(dependent, name))) return true;
            places.remove(kept);
        }
        String place = seen == null ? MODULES + name : dependent + "/" + MODULES + name;
        if (places.putIfAbsent(place, wanted.directory()) != null || isNestedTooOften(place)) {
            throw new AdapterException(
                    "The packages in " + place + " depend on each other in versions that do not fit into a"
                            + " node_modules without links; update " + name + " in the app so that fewer versions are"
                            + " installed");
        }
        return true;
    }

    private boolean isNestedTooOften(String place) {
        int same = 0;
        for (String outer = place; !outer.isEmpty(); outer = outer(outer)) {
            if (directory(outer).equals(directory(place))) same++;
        }
        return same > MOST_NESTED;
    }

    /** Looks up a package as Node does: from the inner folder to the top. */
    private @Nullable String lookUp(String from, String name) {
        for (String folder = from; ; folder = outer(folder)) {
            String place = folder.isEmpty() ? MODULES + name : folder + "/" + MODULES + name;
            if (places.containsKey(place)) return place;
            if (folder.isEmpty()) return null;
        }
    }

    private static String outer(String place) {
        return place.substring(0, Math.max(0, place.lastIndexOf("/" + MODULES)));
    }

    private Path directory(String place) {
        return Optional.ofNullable(places.get(place)).orElseThrow();
    }

    private SortedMap<String, Found> needs(Path directory) throws IOException {
        SortedMap<String, Found> known = needs.get(directory);
        if (known != null) return known;
        Path file = directory.resolve("package.json");
        JsonNode json = App.read(file);
        SortedMap<String, Found> found = new TreeMap<>();
        SortedMap<String, Found> peers = new TreeMap<>();
        JsonNode aboutPeers = json.path("peerDependenciesMeta");
        for (String name : json.path("peerDependencies").propertyNames()) {
            boolean required = !aboutPeers.path(name).path("optional").asBoolean(false);
            find(name, directory).ifPresent(one -> (required ? found : peers).put(name, one));
        }
        optionalPeers.put(directory, peers);
        Collection<String> optional = json.path("optionalDependencies").propertyNames();
        for (String name : optional) {
            Optional<Found> one = find(name, directory);
            if (one.isPresent() && runsOnTarget(one.get().directory())) found.put(name, one.get());
        }
        for (String name : json.path("dependencies").propertyNames()) {
            if (optional.contains(name)) continue;
            Optional<Found> one = find(name, directory);
            if (one.isPresent()) {
                found.put(name, one.get());
            } else {
                warnings.accept("The package '" + name + "' is not installed, but " + file + " depends on it. If an"
                        + " override removes it, all is well; otherwise install the app's packages again");
            }
        }
        needs.put(directory, found);
        return found;
    }

    private boolean runsOnTarget(Path directory) throws IOException {
        return target == null || PlatformRules.read(directory).fitsOneOf(target.platforms());
    }

    private static Optional<Found> find(String name, Path from) throws IOException {
        for (Path folder = from; folder != null; folder = folder.getParent()) {
            if (folder.endsWith("node_modules")) continue;
            Path directory = folder.resolve(MODULES + name);
            if (Files.isRegularFile(directory.resolve("package.json"))) {
                return Optional.of(new Found(directory.toRealPath(), folder));
            }
        }
        return Optional.empty();
    }
}
