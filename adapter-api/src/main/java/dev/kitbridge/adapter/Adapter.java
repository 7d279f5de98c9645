package dev.kitbridge.adapter;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Turns the production build of a SvelteKit app into something that can be deployed.
 *
 * <p>The same shape as the object that an adapter in JavaScript returns (kit's {@code Adapter}): a name,
 * {@link #adapt}, and optional hooks. One adapter is created for each entry of the module's {@code <adapters>}, and is
 * used by one thread.
 */
public interface Adapter {

    /** The adapter's name as it appears in logs and errors, usually that of its {@link AdapterFactory}. */
    String name();

    /**
     * Writes the deployable output. Called once, after the app was built and the {@link #supports} check passed.
     *
     * @param builder what kit knows of the build, and the verbs to write it
     * @throws AdapterException if the user can mend the cause; its message is printed without a stack trace
     * @throws IOException if reading or writing fails
     */
    void adapt(Builder builder) throws IOException;

    /** Which optional features of SvelteKit work where this adapter deploys to; by default none does, as in kit. */
    default Supports supports() {
        return Supports.NOTHING;
    }

    /** What {@code event.platform} is outside production; null, the default, leaves it undefined, as kit does. */
    default @Nullable Emulator emulate() {
        return null;
    }

    /**
     * Fetches all that {@link #adapt} will ask {@link Downloads} for, so that it finds it when there is no network:
     * {@code adapter:go-offline} calls this, a build does not. By default nothing.
     *
     * @throws AdapterException as {@link #adapt} does
     */
    default void fetch(Downloads downloads) throws IOException {}

    /** What the adapter adds to the app's Vite build; by default nothing. */
    default ViteConfig vite() {
        return ViteConfig.NONE;
    }
}
