package dev.kitbridge.maven.report;

import dev.kitbridge.maven.build.BuildRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of the client that a page loads: those of SvelteKit's client, of the layouts and of the page. SvelteKit
 * lists them in the server's manifest ({@code client}) and into each of the server's nodes ({@code imports},
 * {@code stylesheets}, {@code fonts}).
 *
 * @param start of SvelteKit's client
 * @param nodes by number
 * @param parts routes by id
 */
record LoadedFiles(List<String> start, List<List<String>> nodes, Map<String, BuildRecord.RoutePart> parts) {

    private static final Pattern CLIENT = Pattern.compile("\\bclient: ?\\{[^{}]*}");
    private static final Pattern NODE = Pattern.compile("'\\./%SERVER%/(nodes/[^']+)'");
    private static final Pattern LIST =
            Pattern.compile("\\b(?:imports|stylesheets|fonts)\\b\"?\\s*[:=]\\s*\\[([^\\]]*)]");
    private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");

    /** Reads a build. If the server's module has an unknown form, every page has an empty list. */
    static LoadedFiles of(BuildRecord build, Path server) throws IOException {
        BuildRecord.Server module = build.server();
        @Nullable List<String> lines = module.nodes();
        @Nullable List<BuildRecord.RoutePart> routes = module.routes();
        String manifest = module.manifest();
        if (lines == null || routes == null || manifest == null) return new LoadedFiles(List.of(), List.of(), Map.of());
        Matcher client = CLIENT.matcher(manifest);
        List<List<String>> nodes = new ArrayList<>();
        for (String line : lines) nodes.add(ofNode(line, server));
        Map<String, BuildRecord.RoutePart> parts = new HashMap<>();
        for (BuildRecord.RoutePart route : routes) parts.put(route.id(), route);
        return new LoadedFiles(client.find() ? files(client.group()) : List.of(), nodes, parts);
    }

    private static List<String> ofNode(String line, Path server) throws IOException {
        Matcher node = NODE.matcher(line);
        if (!node.find()) return List.of();
        Path file = server.resolve(node.group(1)).normalize();
        return file.startsWith(server) && Files.isRegularFile(file) ? files(Files.readString(file)) : List.of();
    }

    private static List<String> files(String text) {
        return LIST.matcher(text)
                .results()
                .flatMap(list -> TEXT.matcher(list.group(1)).results())
                .map(name -> name.group(1))
                .toList();
    }

    /** Returns the files of a route's page; an empty set for an endpoint. */
    Set<String> by(String route) {
        BuildRecord.RoutePart part = parts.get(route);
        if (part == null || part.leaf() == null) return Set.of();
        Set<String> files = new LinkedHashSet<>(start);
        Stream.concat(part.layouts().stream(), Stream.of(part.leaf()))
                .filter(number -> number.matches("\\d+"))
                .map(Integer::parseInt)
                .filter(number -> number < nodes.size())
                .forEach(number -> files.addAll(nodes.get(number)));
        return files;
    }
}
