package dev.kitbridge.maven.adapters;

import dev.kitbridge.maven.failure.UserFailure;
import java.util.Map;
import org.apache.maven.artifact.versioning.ComparableVersion;

/** Rejects adapters built against a newer API than the plugin has; they could call a method that does not exist. */
public final class ApiVersions {

    private ApiVersions() {}

    /**
     * Compares the versions.
     *
     * @param own version of {@code adapter-api} that the plugin has
     * @param wanted version of {@code adapter-api} that each adapter artifact depends on, by the artifact's coordinates
     * @throws UserFailure if one is newer
     */
    public static void check(String own, Map<String, String> wanted) {
        wanted.forEach((artifact, version) -> {
            if (new ComparableVersion(version).compareTo(new ComparableVersion(own)) > 0) {
                throw new UserFailure("Adapter " + artifact + " was built against dev.kitbridge:adapter-api:" + version
                        + ", and this plugin has adapter-api " + own
                        + "; use dev.kitbridge:adapter-maven-plugin:" + version
                        + " or newer, or an older version of the"
                        + " adapter");
            }
        });
    }
}
