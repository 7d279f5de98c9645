package dev.kitbridge.adapter;

import java.util.List;

/**
 * What an adapter adds to the app's Vite build (kit's {@code adapter.vite}).
 *
 * @param pre plugins that run before SvelteKit's own
 * @param post plugins that run after SvelteKit's own
 */
public record ViteConfig(List<ViteModule> pre, List<ViteModule> post) {

    /** Adds nothing. */
    public static final ViteConfig NONE = new ViteConfig(List.of(), List.of());

    public ViteConfig {
        pre = List.copyOf(pre);
        post = List.copyOf(post);
    }
}
