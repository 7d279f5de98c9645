package dev.kitbridge.maven.report;

import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.maven.build.BuildRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A route in the report.
 *
 * @param id of the route
 * @param page methods of its page; empty if it has no page
 * @param endpoint methods of its endpoint; empty if it has no endpoint
 * @param prerender {@code true}, {@code false} or {@code auto}
 * @param config its configuration for adapters
 * @param loads indexes of the client's files that a browser loads with its page
 */
public record ReportedRoute(
        String id,
        List<String> page,
        List<String> endpoint,
        String prerender,
        Map<String, Object> config,
        List<Integer> loads) {

    /**
     * Reads all routes of a build.
     *
     * @param server the built server
     * @param files the client, by name
     */
    static List<ReportedRoute> read(BuildRecord build, Path server, List<ClientFile> files) throws IOException {
        LoadedFiles loaded = LoadedFiles.of(build, server);
        List<ReportedRoute> routes = new ArrayList<>();
        for (BuildRecord.Route recorded : build.routes()) {
            RouteDefinition route = recorded.definition();
            Set<String> names = loaded.by(route.id());
            List<Integer> loads = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                if (names.contains(files.get(i).name())) loads.add(i);
            }
            routes.add(new ReportedRoute(
                    route.id(),
                    route.page().methods(),
                    route.api().methods(),
                    route.prerender().name().toLowerCase(java.util.Locale.ROOT),
                    route.config(),
                    loads));
        }
        return List.copyOf(routes);
    }
}
