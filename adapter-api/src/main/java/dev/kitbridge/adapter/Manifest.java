package dev.kitbridge.adapter;

import java.util.List;

/**
 * What the app consists of (kit 3's module {@code $app/manifest}, and the service worker among the assets; made from
 * the build's output for kit 2). Paths are relative to {@code base}, without a leading slash.
 *
 * @param assets files of the app's {@code static} folder, and the service worker
 * @param immutable hashed files of the client, which never change under their name
 * @param prerendered prerendered paths
 * @param routes all routes
 */
public record Manifest(List<String> assets, List<String> immutable, List<String> prerendered, List<Route> routes) {

    /**
     * A route.
     *
     * @param id as in {@link RouteDefinition#id}
     * @param page whether it has a page
     * @param endpoint whether it has a {@code +server} file
     */
    public record Route(String id, boolean page, boolean endpoint) {}
}
