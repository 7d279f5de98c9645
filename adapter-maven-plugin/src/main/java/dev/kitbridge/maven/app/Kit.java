package dev.kitbridge.maven.app;

import dev.kitbridge.maven.failure.UserFailure;
import java.io.IOException;
import java.util.function.Consumer;
import org.semver4j.Semver;

/** The supported versions of SvelteKit. */
public final class Kit {

    /** A range in npm's notation. Below 2.62, kit's Vite plugin does not expose its configuration. */
    public static final String SUPPORTED = ">=2.62.0 <4.0.0";

    /** The versions that the tests use, as a text. */
    public static final String TESTED = "2.62.0 to 2.70.4 and 3.0.0 to 3.2.0";

    /** The parameter that accepts all other versions, as on the command line. */
    public static final String ANY = "-Dadapter.anySvelteKit";

    /** The range, without the prereleases of the first version after it. */
    private static final String ACCEPTED = SUPPORTED + "-0";

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
     * @param any whether a version out of the range is a warning and no error
     * @throws UserFailure if it is missing, too old or too new
     */
    public static App.InstalledPackage of(App app, AddCommand manager, boolean any, Consumer<String> warnings)
            throws IOException {
        App.InstalledPackage kit = app.installed("@sveltejs/kit")
                .orElseThrow(() -> new UserFailure("@sveltejs/kit is not installed in " + app.directory()
                        + "; install the app's packages (<install>auto</install> does), and see that its package.json names"
                        + " @sveltejs/kit"));
        Semver version = Semver.parse(kit.version());
        if (version != null && version.satisfies(ACCEPTED, true)) return kit;
        String fact = "SvelteKit " + kit.version() + " in " + app.directory() + " is not supported: expected "
                + SUPPORTED + ", tested with " + TESTED;
        if (any) {
            warnings.accept(fact + "; the build continues because of " + ANY + ", and its output is untested");
            return kit;
        }
        boolean old = version != null && version.isLowerThan("2.62.0");
        throw new UserFailure(fact + "; "
                + (old
                        ? "install a newer one with '" + manager.adding("@sveltejs/kit@^2.62.0") + "'"
                        : "look for a newer version of dev.kitbridge:adapter-maven-plugin, or install an older one"
                                + " with '" + manager.adding("@sveltejs/kit@^3.0.0") + "'")
                + "; to try this one all the same, run Maven with " + ANY);
    }
}
