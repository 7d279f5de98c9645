package dev.kitbridge.adapter;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Provides {@code event.platform} in development, in a preview, and while kit prerenders pages. In kit:
 * {@code Emulator}. If several adapters build the same app, the first adapter's emulator is used.
 */
@FunctionalInterface
public interface Emulator {

    /**
     * Returns the value of {@code event.platform} for one request. In kit: {@code platform}.
     *
     * @param config the route's {@code config}, merged with that of its layouts
     * @param prerender the route's {@code prerender} option
     * @return values that JSON can hold: strings, numbers, booleans, null, lists and maps
     */
    Map<String, Object> platform(Map<String, Object> config, Prerender prerender);

    /**
     * Returns the HTTP server that accepts the browser's requests before the app's Vite does.
     *
     * <p>With such a front, {@code event.platform} also has {@code principal}, {@code attributes} and {@code request}.
     *
     * @return null, the default, lets browsers connect to Vite directly
     */
    default @Nullable Front front() {
        return null;
    }
}
