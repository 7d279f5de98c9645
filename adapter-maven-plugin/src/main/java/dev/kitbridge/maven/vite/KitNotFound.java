package dev.kitbridge.maven.vite;

import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.app.Kit;
import dev.kitbridge.maven.failure.UserFailure;
import org.jspecify.annotations.Nullable;

/** A configuration of Vite in which the bridge did not find SvelteKit. */
public final class KitNotFound {

    private static final String MARK = "KITBRIDGE_SHAPE: ";

    private KitNotFound() {}

    /** The failure that a message of the bridge's stands for, or null. */
    public static @Nullable UserFailure failure(App app, App.InstalledPackage kit, String message) {
        if (!message.startsWith(MARK)) return null;
        return new UserFailure("SvelteKit was not found in the vite.config of " + app.directory() + " ("
                + message.substring(MARK.length())
                + "); add sveltekit() to its plugins. If it is there, SvelteKit " + kit.version()
                + " has a form that is not known: supported is " + Kit.SUPPORTED);
    }
}
