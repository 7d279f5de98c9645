package dev.kitbridge.maven.vite;

import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.app.Kit;
import dev.kitbridge.maven.failure.UserFailure;
import org.jspecify.annotations.Nullable;

/** The failure to find SvelteKit in the configuration of Vite. */
public final class KitNotFound {

    private static final String MARK = "KITBRIDGE_SHAPE: ";

    private KitNotFound() {}

    /** Translates a message of the bridge; returns null if it reports another failure. */
    public static @Nullable UserFailure failure(App app, App.InstalledPackage kit, String message) {
        if (!message.startsWith(MARK)) return null;
        return new UserFailure("SvelteKit was not found in the vite.config of " + app.directory() + " ("
                + message.substring(MARK.length())
                + "); add sveltekit() to its plugins. If it is there, SvelteKit " + kit.version()
                + " has an unknown structure; supported versions are " + Kit.SUPPORTED + ", tested ones " + Kit.TESTED);
    }
}
