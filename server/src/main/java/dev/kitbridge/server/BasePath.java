package dev.kitbridge.server;

import dev.kitbridge.server.internal.site.SiteManifest;
import java.util.regex.Pattern;

/** Decides at which base path an app is served. */
final class BasePath {

    /** Characters that are the same in a URL, in HTML and in JavaScript. */
    private static final Pattern PATH = Pattern.compile("(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]+)+");

    private BasePath() {}

    /**
     * Returns the manifest of the app at its base path.
     *
     * @param path {@link Init#base}
     * @throws StartException if the app cannot be served there
     */
    static SiteManifest apply(SiteManifest site, String path) {
        String base = site.base();
        if (path.isEmpty() || base.equals(path) || base.startsWith(path + "/")) return site;
        if (!base.isEmpty()) {
            throw new StartException("The app was built for the base path '" + base + "', and cannot be served at '"
                    + path + "'; serve it at '" + base + "', or remove paths.base from the app's configuration");
        }
        if (!PATH.matcher(path).matches()) {
            throw new StartException("The app cannot be served at the base path '" + path + "'; expected segments of"
                    + " letters, digits and . _ ~ - with a slash before each: /shop/eu");
        }
        if (!site.fixed().isEmpty()) {
            throw new StartException("The app cannot be served at '" + path + "': " + site.fixed());
        }
        return site.at(path);
    }
}
