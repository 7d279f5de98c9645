package dev.kitbridge.maven.build;

import dev.kitbridge.adapter.BuildConfig;
import dev.kitbridge.adapter.Manifest;
import dev.kitbridge.adapter.Prerendered;
import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.maven.json.Jackson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Everything that kit's Builder knows of a build. {@code record.mjs} writes it as {@code build.json}. Paths are
 * relative to the app's folder, with forward slashes.
 *
 * @param schema version of the format
 * @param kit version of {@code @sveltejs/kit}
 * @param vite version of Vite
 * @param node version of Node
 * @param versionIsDefault whether the app leaves {@code version.name} to kit's default
 * @param config the app's configuration, without values that JSON cannot represent
 * @param routesDirectory {@code files.routes}
 * @param prerendered the prerendered pages, assets and redirects
 * @param routes all routes
 * @param manifest the app's routes and files
 * @param mimeTypes MIME types by file extension
 * @param serverAssets server assets that no route imports, but hooks do for example
 * @param appPath {@code appDir} below {@code base}
 * @param clientDirectory folder of the built client
 * @param serverDirectory folder of the built server
 * @param prerenderedDirectory folder of the prerendered files: {@code pages}, {@code dependencies} and {@code data}
 * @param instrumented whether there is an {@code instrumentation.server.js}
 * @param initializer kit 3's module that sets the environment, with {@code %SERVER%} for the server's folder
 * @param reads ids of routes that read server assets with {@code $app/server} and are not prerendered
 * @param env files of the environment module, in {@code env} in the bridge's folder
 * @param fallback the result of rendering the fallback page to {@code fallback.html} in the bridge's folder
 * @param server the module that creates the server, in parts
 * @param adapters the adapters in JavaScript that ran in the build
 * @param inputs everything that the build read
 */
public record BuildRecord(
        int schema,
        String kit,
        String vite,
        String node,
        boolean versionIsDefault,
        Map<String, Object> config,
        String routesDirectory,
        Prerendered prerendered,
        List<Route> routes,
        Manifest manifest,
        Map<String, String> mimeTypes,
        List<String> serverAssets,
        String appPath,
        String clientDirectory,
        String serverDirectory,
        String prerenderedDirectory,
        boolean instrumented,
        @Nullable String initializer,
        List<String> reads,
        List<String> env,
        Fallback fallback,
        Server server,
        List<Ran> adapters,
        Inputs inputs) {

    /** The version of the format that this class reads. */
    static final int SCHEMA = 3;

    /**
     * A route.
     *
     * @param definition the route in the API of adapters
     * @param serverAssets the assets that its server code or hooks import
     */
    public record Route(RouteDefinition definition, List<String> serverAssets) {}

    /**
     * The fallback page.
     *
     * @param error why the page could not be rendered, or null
     */
    public record Fallback(@Nullable String error) {}

    /**
     * The module that creates the server, in parts; see {@code server.mjs}.
     *
     * @param error why the module could not be split, or null. With an error, all other components are null
     * @param before the module up to the manifest
     * @param manifest the manifest with placeholders
     * @param after the module from the manifest on
     * @param nodes a line for each node
     * @param routes a block for each route
     * @param sizes bytes of each server asset
     */
    public record Server(
            @Nullable String error,
            @Nullable String before,
            @Nullable String manifest,
            @Nullable String after,
            @Nullable List<String> nodes,
            @Nullable List<RoutePart> routes,
            @Nullable Map<String, Long> sizes) {}

    /**
     * A route's block in the manifest.
     *
     * @param id the route
     * @param lines its text with placeholders
     * @param layouts indexes of nodes; an empty text where a layout is missing
     * @param errors indexes of nodes
     * @param leaf index of the page's node, null for an endpoint
     */
    public record RoutePart(
            String id, List<String> lines, List<String> layouts, List<String> errors, @Nullable String leaf) {}

    /**
     * An adapter in JavaScript.
     *
     * @param id its id in the POM
     * @param reads by id of a route that reads server assets: true, false, or the reason against it
     * @param instrumentation true, false, or the reason against it
     * @param outputs the folders and files that it wrote; empty if an adapter refuses a feature, so that none ran
     */
    public record Ran(String id, Map<String, Object> reads, Object instrumentation, List<String> outputs) {}

    /** Returns an adapter in JavaScript by its id in the POM; null if the id has no such adapter. */
    public @Nullable Ran ran(String id) {
        return adapters.stream().filter(ran -> ran.id().equals(id)).findFirst().orElse(null);
    }

    /** Reads a record; returns null if the file is missing or has another format. */
    public static @Nullable BuildRecord read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) return null;
        try {
            return Jackson.MAPPER.readValue(Files.readString(file), BuildRecord.class);
        } catch (JacksonException e) {
            return null;
        }
    }

    /** The smallest record with one element of each kind. */
    static final String SAMPLE =
            """
            {"schema":0,"kit":"","vite":"","node":"","versionIsDefault":true,"config":{"a":{"b":[true,0,""]}},
            "routesDirectory":"","prerendered":{"pages":{"/":{"file":""}},"assets":{"/a":{"type":""}},
            "redirects":{"/b":{"status":308,"location":""}},"paths":["/"]},"routes":[{"definition":{"id":"/","api":
            {"methods":["GET"]},"page":{"methods":["GET"]},"segments":[{"content":"a","dynamic":false,"rest":false}],
            "pattern":"/","prerender":"TRUE","methods":["GET"],"config":{}},"serverAssets":[]}],"manifest":
            {"assets":[],"immutable":[],"prerendered":[],"routes":[{"id":"/","page":true,"endpoint":false}]},
            "mimeTypes":{"a":"b"},"serverAssets":[],"appPath":"","clientDirectory":"","serverDirectory":"",
            "prerenderedDirectory":"","instrumented":false,"initializer":null,"reads":[],"env":[],
            "fallback":{"error":null},"server":{"error":null,"before":"","after":"","manifest":"","nodes":[],
            "routes":[{"id":"/","lines":[],"layouts":[],"errors":[],"leaf":"0"}],"sizes":{"a":1}},
            "adapters":[{"id":"","reads":{"/":true},"instrumentation":true,"outputs":[]}],
            "inputs":{"files":[],"looks":[],"folders":[],"trees":[],"written":[],"variables":[],"prefixes":[],
            "questions":[{"folder":"","arguments":[]}],"unknown":[]}}
            """;

    /**
     * Reads the sample on another thread while Vite builds: the first read loads the classes, which takes longer than
     * the read itself.
     */
    static void prepare() {
        ForkJoinPool.commonPool().execute(() -> Jackson.MAPPER.readValue(SAMPLE, BuildRecord.class));
    }

    /** Returns SvelteKit's output folder, which holds client, server and prerendered files. */
    String outputDirectory() {
        return parent(prerenderedDirectory);
    }

    /** Returns SvelteKit's {@code outDir}. */
    String outDir() {
        return parent(outputDirectory());
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** Returns the configuration in the API of adapters. */
    public BuildConfig buildConfig() {
        Map<?, ?> paths = object(config, "paths");
        String origin = text(paths, "origin");
        return new BuildConfig(
                text(config, "appDir"),
                text(paths, "base"),
                text(paths, "assets"),
                Boolean.TRUE.equals(paths.get("relative")),
                origin.isEmpty() && kit.startsWith("2.") ? text(object(config, "prerender"), "origin") : origin,
                routesDirectory,
                text(object(config, "router"), "type").equals("hash"),
                prerenderEntries(),
                text(object(config, "version"), "name"),
                kit,
                config);
    }

    private List<String> prerenderEntries() {
        Object entries = object(config, "prerender").get("entries");
        return entries instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static Map<?, ?> object(Map<?, ?> from, String name) {
        return from.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String text(Map<?, ?> from, String name) {
        return from.get(name) instanceof String text ? text : "";
    }
}
