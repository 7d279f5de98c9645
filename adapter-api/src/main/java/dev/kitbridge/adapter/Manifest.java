package dev.kitbridge.adapter;

import java.util.List;

/**
 * The app's files and routes. In kit 3: the module {@code $app/manifest}, with the service worker among the assets. For
 * kit 2, the plugin derives it from the build's output.
 *
 * <p>Paths are relative to {@code base} and have no leading slash.
 *
 * @param assets the files of the app's {@code static} folder, and the service worker
 * @param immutable the client's files with a hash in their names, whose content never changes
 * @param prerendered the prerendered paths
 * @param routes all routes
 */
public record Manifest(List<String> assets, List<String> immutable, List<String> prerendered, List<Route> routes) {

    /**
     * A route of the app.
     *
     * @param id the same as {@link RouteDefinition#id}
     * @param page whether the route has a page
     * @param endpoint whether the route has a {@code +server} file
     */
    public record Route(String id, boolean page, boolean endpoint) {}
}
