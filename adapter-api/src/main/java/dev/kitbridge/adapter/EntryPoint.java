package dev.kitbridge.adapter;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/**
 * A server function that serves some of the app's routes (kit 2's {@code AdapterEntry}).
 *
 * @param id names the function; routes for which the same id is returned share one
 * @param filter which routes of lower priority the function must serve as well, since it can be asked for them
 * @param complete writes the function, once its routes are known
 */
public record EntryPoint(String id, Predicate<RouteDefinition> filter, Complete complete) {

    /** Writes a function. */
    @FunctionalInterface
    public interface Complete {

        /**
         * Called once for each id.
         *
         * @param routes the routes to pass to {@link Builder#generateServerInstance} or
         *     {@link Builder#generateManifest}
         */
        void complete(List<RouteDefinition> routes) throws IOException;
    }
}
