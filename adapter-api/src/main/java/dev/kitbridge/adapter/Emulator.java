package dev.kitbridge.adapter;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@code event.platform} outside production what the adapter makes it there (kit's {@code Emulator}): in
 * development, in a preview, and while pages are prerendered. Of several adapters that build the same app, the first
 * one's counts.
 */
@FunctionalInterface
public interface Emulator {

    /**
     * The value of {@code event.platform} for one request.
     *
     * @param config the route's merged {@code config}
     * @param prerender the route's {@code prerender} option
     * @return values that JSON has: strings, numbers, booleans, null, lists, maps
     */
    Map<String, Object> platform(Map<String, Object> config, Prerender prerender);

    /**
     * The HTTP server of the adapter's product, before the app's Vite; null, the default, if browsers are to ask Vite
     * itself. With one, {@code event.platform} has {@code principal}, {@code attributes} and {@code request} too.
     */
    default @Nullable Front front() {
        return null;
    }
}
