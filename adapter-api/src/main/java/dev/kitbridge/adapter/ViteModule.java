package dev.kitbridge.adapter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A JavaScript module that makes Vite plugins, or another part of a {@link ViteConfig}: its default export is called
 * with the options and returns a plugin or an array of plugins. Its imports are resolved from the app, so that
 * {@code vite} is the app's own.
 *
 * @param name a file name that ends in {@code .js} or {@code .mjs}, unique within the adapter
 * @param source the module's text
 * @param options passed to the default export; values that JSON has: strings, numbers, booleans, null, lists, maps
 */
public record ViteModule(String name, String source, Map<String, Object> options) {

    public ViteModule {
        if (!name.matches("[\\w.-]+\\.m?js")) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not the name of a JavaScript module; expected letters, digits and hyphens"
                            + " followed by .js or .mjs");
        }
        options = Map.copyOf(options);
    }

    /**
     * A module that lies beside a class in the adapter's jar.
     *
     * @param beside a class of the adapter
     * @param resource name relative to that class, as in {@link Class#getResourceAsStream}
     * @throws IllegalArgumentException if there is no such resource
     */
    public static ViteModule resource(Class<?> beside, String resource, Map<String, Object> options) {
        try (InputStream in = beside.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource '" + resource + "' beside " + beside.getName());
            }
            String name = resource.substring(resource.lastIndexOf('/') + 1);
            return new ViteModule(name, new String(in.readAllBytes(), StandardCharsets.UTF_8), options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
