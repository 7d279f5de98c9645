package dev.kitbridge.adapter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter adds to the app's Vite (kit's {@code adapter.vite}).
 *
 * @param pre plugins that run before SvelteKit's own
 * @param post plugins that run after SvelteKit's own
 * @param getRequest in development and preview, makes the {@code Request} that the app sees; null: kit's own does. The
 *     module's default export is called with the options and returns a function with the parameters of
 *     {@code getRequest} from {@code @sveltejs/kit/node}. SvelteKit 2 does not ask
 * @param setResponse in development and preview, sends the app's {@code Response}; null: kit's own does. As
 *     {@code getRequest}, for {@code setResponse} from {@code @sveltejs/kit/node}
 */
public record ViteConfig(
        List<ViteModule> pre,
        List<ViteModule> post,
        @Nullable ViteModule getRequest,
        @Nullable ViteModule setResponse) {

    /** Adds nothing. */
    public static final ViteConfig NONE = new ViteConfig(List.of(), List.of());

    public ViteConfig {
        pre = List.copyOf(pre);
        post = List.copyOf(post);
    }

    /** Adds plugins only. */
    public ViteConfig(List<ViteModule> pre, List<ViteModule> post) {
        this(pre, post, null, null);
    }
}
