package dev.kitbridge.adapter;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Turns the production build of a SvelteKit app into something that can be deployed. In kit: {@code Adapter}.
 *
 * <p>The plugin creates one adapter for each child element of {@code <adapters>} in the POM and uses it on one thread.
 * An author implements {@link #name} and {@link #adapt}; the other methods have defaults.
 */
public interface Adapter {

    /**
     * Returns the adapter's name for logs and errors. In kit: {@code name}.
     *
     * @return the name, usually that of the {@link AdapterFactory}
     */
    String name();

    /**
     * Writes the deployable output. In kit: {@code adapt}.
     *
     * <p>The plugin calls this method once, after it has built the app and checked {@link #supports}.
     *
     * @param builder the app's build as data, and methods that write it
     * @throws AdapterException if the user can fix the cause; Maven prints the message without a stack trace
     * @throws IOException if a file cannot be read or written
     */
    void adapt(Builder builder) throws IOException;

    /**
     * Returns the optional features of SvelteKit that work where this adapter deploys to. In kit: {@code supports}.
     *
     * @return by default {@link Supports#NOTHING}, as in kit
     */
    default Supports supports() {
        return Supports.NOTHING;
    }

    /**
     * Returns the source of {@code event.platform} in development, in a preview, and while kit prerenders pages. In
     * kit: {@code emulate}.
     *
     * @return null, the default, leaves {@code event.platform} undefined, as in kit
     */
    default @Nullable Emulator emulate() {
        return null;
    }

    /**
     * Downloads the files that {@link #adapt} requests from {@link Downloads}, so that a later build needs no network.
     *
     * <p>The goal {@code adapter:go-offline} calls this method; a build does not. By default it does nothing.
     *
     * @param downloads the downloads; the same requests in {@link #adapt} find the files in the local caches
     * @throws AdapterException if a file cannot be downloaded
     * @throws IOException if a file cannot be read or written
     */
    default void fetch(Downloads downloads) throws IOException {}

    /**
     * Returns an adapter in JavaScript that runs in the app's Vite build, before {@link #adapt}. Its answers replace
     * {@link #supports}, and its emulator comes before {@link #emulate}. {@link Builder#javaScriptOutputs} returns what
     * it wrote.
     *
     * @return null, the default, without such an adapter
     */
    default @Nullable JavaScriptAdapter javaScriptAdapter() {
        return null;
    }

    /**
     * Returns the adapter's contribution to the app's Vite build: plugins, and functions for development and preview.
     * In kit: {@code vite}.
     *
     * @return by default {@link ViteConfig#NONE}
     */
    default ViteConfig vite() {
        return ViteConfig.NONE;
    }

    /**
     * Returns TypeScript declarations of the modules that the plugins of {@link #vite} provide. The goal
     * {@code adapter:types} writes them into {@code adapters.d.ts} beside the declarations of the module's services.
     *
     * @return statements of a file without imports and exports, such as {@code declare module 'deploy:env' { … }}; by
     *     default empty
     */
    default String types() {
        return "";
    }
}
