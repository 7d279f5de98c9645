package dev.kitbridge.maven.builder;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.maven.build.BuildRecord;
import dev.kitbridge.maven.build.BuildRecord.RoutePart;
import dev.kitbridge.maven.json.Jackson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Assembles the module that creates the server for some of the routes, from the parts in the record.
 * {@code put_together} in {@code server.mjs} does the same for all routes.
 */
record ServerModule(BuildRecord record) {

    private static final String PLACE = "./%SERVER%";

    /** Returns the text of the module. */
    String module(String relativePath, Collection<RouteDefinition> routes) {
        BuildRecord.Server server = server();
        String before = Objects.requireNonNull(server.before());
        return before.replace(PLACE, relativePath)
                + manifest(relativePath, routes)
                + Objects.requireNonNull(server.after());
    }

    /** Returns the expression of the manifest. */
    String manifest(String relativePath, Collection<RouteDefinition> routes) {
        BuildRecord.Server server = server();
        Set<String> ids = routes.stream().map(RouteDefinition::id).collect(Collectors.toSet());
        List<RoutePart> parts = Objects.requireNonNull(server.routes()).stream()
                .filter(part -> ids.contains(part.id()))
                .toList();
        List<String> all = Objects.requireNonNull(server.nodes());
        // kit always needs the root layout and the root error page
        Set<Integer> used = new TreeSet<>(List.of(0, 1));
        for (RoutePart part : parts) {
            for (List<String> indexes : List.of(part.layouts(), part.errors())) {
                indexes.stream()
                        .filter(index -> !index.isEmpty())
                        .map(Integer::valueOf)
                        .forEach(used::add);
            }
            if (part.leaf() != null) used.add(Integer.valueOf(part.leaf()));
        }
        List<Integer> order = new ArrayList<>(used);
        return Objects.requireNonNull(server.manifest())
                .replace("%NODES%", order.stream().map(all::get).collect(Collectors.joining(",\n")))
                .replace(
                        "%ROUTES%",
                        parts.stream().map(part -> route(part, order)).collect(Collectors.joining(",\n")))
                .replace("%SIZES%", Jackson.MAPPER.writeValueAsString(sizes(server, ids)))
                .replace(PLACE, relativePath);
    }

    private static String route(RoutePart part, List<Integer> order) {
        String text = String.join("\n", part.lines());
        if (part.leaf() == null) return text;
        return text.replace("%LAYOUTS%", indexes(part.layouts(), order))
                .replace("%ERRORS%", indexes(part.errors(), order))
                .replace("%LEAF%", index(part.leaf(), order));
    }

    private static String indexes(List<String> indexes, List<Integer> order) {
        return indexes.stream().map(index -> index(index, order)).collect(Collectors.joining(",")) + ",";
    }

    private static String index(String index, List<Integer> order) {
        return index.isEmpty() ? "" : String.valueOf(order.indexOf(Integer.valueOf(index)));
    }

    private Map<String, Long> sizes(BuildRecord.Server server, Set<String> ids) {
        Set<String> assets = assets(ids);
        Map<String, Long> sizes = new java.util.LinkedHashMap<>();
        Objects.requireNonNull(server.sizes()).forEach((file, size) -> {
            if (assets.contains(file)) sizes.put(file, size);
        });
        return sizes;
    }

    /** Returns the server assets of some of the routes, and those that belong to no route. */
    Set<String> assets(Set<String> ids) {
        Set<String> assets = new LinkedHashSet<>();
        for (BuildRecord.Route route : record.routes()) {
            if (ids.contains(route.definition().id())) assets.addAll(route.serverAssets());
        }
        assets.addAll(record.serverAssets());
        return assets;
    }

    private BuildRecord.Server server() {
        if (record.server().error() != null) {
            throw new AdapterException("No server can be generated for SvelteKit " + record.kit() + ": "
                    + record.server().error() + "; look for a newer version of dev.kitbridge:adapter-maven-plugin");
        }
        return record.server();
    }
}
