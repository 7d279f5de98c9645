package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Request;

/**
 * A path of the app.
 *
 * @param origin scheme, host and port
 * @param path as sent, without the query
 */
record Path(String origin, String path) {

    static Path of(Request request) {
        return new Path(request.origin(), Selector.path(request.target()));
    }
}
