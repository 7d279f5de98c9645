package dev.kitbridge.adapter;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An adapter in JavaScript, from an npm package. The plugin runs it in the app's Vite build with kit's own builder, as
 * if the app's configuration named it: its {@code adapt}, {@code supports}, {@code emulate} and {@code vite}.
 *
 * <p>The package is the app's own if it is installed there. Otherwise the plugin installs it beside the app, without a
 * change to the app's {@code package.json}.
 *
 * @param packageName the npm package, such as {@code @sveltejs/adapter-node}
 * @param version a version or range in npm's notation; null: the version that is installed in the app
 * @param options the argument of the package's default export; values that JSON can hold: strings, numbers, booleans,
 *     null, lists and maps
 */
public record JavaScriptAdapter(String packageName, @Nullable String version, Map<String, Object> options) {

    /**
     * Copies the options.
     *
     * @param packageName the npm package
     * @param version a version or range, or null
     * @param options the argument of the package's default export
     * @throws IllegalArgumentException if the name or the version is not one of npm's
     */
    public JavaScriptAdapter {
        if (!packageName.matches("(@[a-z0-9~][a-z0-9._~-]*/)?[a-z0-9~][a-z0-9._~-]*")) {
            throw new IllegalArgumentException("'" + packageName
                    + "' is not the name of an npm package; expected a name" + " such as @sveltejs/adapter-node");
        }
        if (version != null && !version.matches("[0-9v^~<>=*x][\\w.+*^~<>=| -]*")) {
            throw new IllegalArgumentException(
                    "'" + version + "' is not a version of an npm package; expected a version"
                            + " such as 7.2.9 or a range such as ^7.2.0");
        }
        // JSON has null, which Map.copyOf rejects
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }
}
