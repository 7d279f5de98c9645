package dev.kitbridge.adapter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An adapter's contribution to the app's Vite: plugins, and functions for development and preview. In kit:
 * {@code AdapterViteConfig}.
 *
 * @param pre plugins that run before SvelteKit's own. In kit: {@code plugins.pre}
 * @param post plugins that run after SvelteKit's own. In kit: {@code plugins.post}
 * @param getRequest creates the {@code Request} that the app receives in development and preview, on kit 3 only; null:
 *     kit does. The module's default export takes the options and returns a function with the parameters of
 *     {@code getRequest} from {@code @sveltejs/kit/node}
 * @param setResponse sends the app's {@code Response} in development and preview, on kit 3 only; null: kit does. The
 *     module's default export takes the options and returns a function with the parameters of {@code setResponse} from
 *     {@code @sveltejs/kit/node}
 * @param runtime runs the app's Vite in development and previews, and the app's server code in it; null: the Node that
 *     builds. If several adapters name a runtime, the first one wins
 */
public record ViteConfig(
        List<Module> pre,
        List<Module> post,
        @Nullable Module getRequest,
        @Nullable Module setResponse,
        @Nullable ServerRuntime runtime) {

    /** No plugins and no functions. */
    public static final ViteConfig NONE = new ViteConfig(List.of(), List.of());

    /**
     * Copies the lists.
     *
     * @param pre plugins that run before SvelteKit's own
     * @param post plugins that run after SvelteKit's own
     * @param getRequest creates the {@code Request}, or null
     * @param setResponse sends the {@code Response}, or null
     * @param runtime runs the app's Vite in development and previews, or null
     */
    public ViteConfig {
        pre = List.copyOf(pre);
        post = List.copyOf(post);
    }

    /**
     * Creates a configuration without a runtime.
     *
     * @param pre plugins that run before SvelteKit's own
     * @param post plugins that run after SvelteKit's own
     * @param getRequest creates the {@code Request}, or null
     * @param setResponse sends the {@code Response}, or null
     */
    public ViteConfig(List<Module> pre, List<Module> post, @Nullable Module getRequest, @Nullable Module setResponse) {
        this(pre, post, getRequest, setResponse, null);
    }

    /**
     * Creates a configuration with plugins only.
     *
     * @param pre plugins that run before SvelteKit's own
     * @param post plugins that run after SvelteKit's own
     */
    public ViteConfig(List<Module> pre, List<Module> post) {
        this(pre, post, null, null, null);
    }

    /**
     * Returns this configuration with a runtime, so that server code runs in development as it does in production.
     *
     * @param program Node or Bun
     * @param version an exact version or a range, as for {@link Downloads#javaScriptRuntime}
     * @return the same plugins and functions
     */
    public ViteConfig withRuntime(JavaScriptRuntime program, @Nullable String version) {
        return new ViteConfig(pre, post, getRequest, setResponse, new ServerRuntime(program, version));
    }

    /**
     * The JavaScript runtime of development and previews.
     *
     * @param program Node or Bun
     * @param version an exact version or a range, as for {@link Downloads#javaScriptRuntime}; null: the version of the
     *     Node that builds, or any version of Bun
     */
    public record ServerRuntime(JavaScriptRuntime program, @Nullable String version) {}

    /**
     * A JavaScript module whose default export takes options and returns a Vite plugin, an array of plugins, or a
     * function of a {@link ViteConfig}. Its imports are resolved from the app's folder, so {@code vite} is the app's.
     *
     * @param name a file name that ends in {@code .js} or {@code .mjs}, unique within the adapter
     * @param source the module's text
     * @param options the argument of the default export; values that JSON can hold: strings, numbers, booleans, lists
     *     and maps
     */
    public record Module(String name, String source, Map<String, Object> options) {

        /**
         * Checks the name and copies the options.
         *
         * @param name a file name that ends in {@code .js} or {@code .mjs}
         * @param source the module's text
         * @param options the argument of the default export
         * @throws IllegalArgumentException if the name is not such a file name
         */
        public Module {
            if (!name.matches("[\\w.-]+\\.m?js")) {
                throw new IllegalArgumentException(
                        "'" + name + "' is not the name of a JavaScript module; expected letters, digits and hyphens"
                                + " followed by .js or .mjs");
            }
            options = Map.copyOf(options);
        }

        /**
         * Reads a module from the adapter's jar.
         *
         * @param beside a class of the adapter
         * @param resource the resource's name relative to that class, as in {@link Class#getResourceAsStream}
         * @param options the argument of the default export
         * @return the module, named as the resource
         * @throws IllegalArgumentException if there is no such resource
         */
        public static Module resource(Class<?> beside, String resource, Map<String, Object> options) {
            try (InputStream in = beside.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IllegalArgumentException("no resource '" + resource + "' beside " + beside.getName());
                }
                String name = resource.substring(resource.lastIndexOf('/') + 1);
                return new Module(name, new String(in.readAllBytes(), StandardCharsets.UTF_8), options);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
