package dev.kitbridge.server.internal.workers;

import java.util.Map;

/**
 * The values of an app that Vite's process reports when the application connects.
 *
 * @param kit version of SvelteKit
 * @param base {@code paths.base}
 * @param origin {@code paths.origin} of kit 3
 * @param errorPage {@code src/error.html}, with kit's placeholders
 */
public record ViteSite(String kit, String base, String origin, String errorPage) {

    static ViteSite of(Map<?, ?> values) {
        return new ViteSite(
                text(values, "kit"), text(values, "base"), text(values, "origin"), text(values, "errorPage"));
    }

    private static String text(Map<?, ?> values, String name) {
        if (values.get(name) instanceof String text) return text;
        throw new IllegalArgumentException("'" + name + "' is not a string");
    }
}
