package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Request;

/**
 * A path of the app.
 *
 * @param origin scheme, host and port
 * @param path as sent, without the query
 */
record Path(String origin, String path) {

    private static final String DATA = "__data.json";

    static Path of(Request request) {
        return new Path(request.origin(), Selector.path(request.target()));
    }

    /** Returns the path from which SvelteKit's client requests the data of this page. */
    Path data() {
        if (path.endsWith(".html")) return new Path(origin, path + DATA);
        return new Path(origin, path + (path.endsWith("/") ? "" : "/") + DATA);
    }
}
