package dev.kitbridge.maven.app;

import dev.kitbridge.maven.failure.UserFailure;
import java.io.IOException;
import org.semver4j.Semver;

/** The supported versions of SvelteKit. */
public final class Kit {

    /** A range in npm's notation. Below 2.62, kit's Vite plugin does not expose its configuration. */
    public static final String SUPPORTED = ">=2.62.0 <4.0.0";

    private Kit() {}

    /** The command of a package manager that adds a package to an app. */
    @FunctionalInterface
    public interface AddCommand {

        /** Returns the command for a package such as {@code svelte@^5.0.0}. */
        String adding(String spec) throws IOException;
    }

    /**
     * Finds the app's installed SvelteKit.
     *
     * @param manager the app's package manager, for the command in an error
     * @throws UserFailure if it is missing, too old or too new
     */
    public static App.InstalledPackage of(App app, AddCommand manager) throws IOException {
        App.InstalledPackage kit = app.installed("@sveltejs/kit")
                .orElseThrow(() -> new UserFailure("@sveltejs/kit is not installed in " + app.directory()
                        + "; install the app's packages (<install>auto</install> does), and see that its package.json names"
                        + " @sveltejs/kit"));
        Semver version = Semver.parse(kit.version());
        if (version == null || !version.satisfies(SUPPORTED, true)) {
            boolean old = version != null && version.isLowerThan("2.62.0");
            throw new UserFailure(
                    "SvelteKit " + kit.version() + " in " + app.directory() + " is not supported: expected "
                            + SUPPORTED + "; "
                            + (old
                                    ? "install a newer one with '" + manager.adding("@sveltejs/kit@^2.62.0") + "'"
                                    : "look for a newer version of dev.kitbridge:adapter-maven-plugin"));
        }
        return kit;
    }
}
