package dev.kitbridge.adapter;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter can have fetched, with the settings (mirror, proxy, credentials) that npm and Maven have on the
 * machine. With {@code mvn -o} the network is not touched. {@link Builder} has these verbs too.
 */
public interface Downloads {

    /**
     * A JavaScript runtime for a platform: the official binary, fetched through npm once and checked against the
     * registry's digest, then taken from the cache of the build's own Node, and checked each time.
     *
     * @param version a version, {@code 1.4.5}, or a range in npm's notation, {@code 1}: the newest in the cache that it
     *     allows, else the newest of the registry, which is not the same on all machines; null: for Node the version of
     *     the Node that builds, for Bun {@code *}. A newer one alone is no reason to run an adapter again
     * @throws AdapterException if there is none, if it cannot be fetched, or if it would have to be and Maven is
     *     offline
     */
    RuntimeBinary javaScriptRuntime(JavaScriptRuntime runtime, @Nullable String version, Platform platform)
            throws IOException;

    /**
     * The newest releases of the module before this one, newest first: versions lower than the module's own in Maven's
     * order, without snapshots, that the module's remote repositories or the local one know. Those that have no such
     * artifact are left out, with a line in the log. Remote repositories are asked as often as Maven asks them for
     * updates; offline, those in the local repository are taken, with a warning.
     *
     * @param count how many at most
     * @param type the artifact's extension, {@code jar} or {@code zip}
     * @param classifier as it was attached, null: the main artifact
     * @throws AdapterException if a repository could not be asked
     */
    List<Release> previousReleases(int count, String type, @Nullable String classifier) throws IOException;

    /**
     * Resolves an artifact of the repositories that Maven has for plugins, with its runtime dependencies. An adapter
     * whose output runs Java code declares that code as an artifact of its own, and puts the result into its output.
     *
     * @return the artifact, then its dependencies in the order of a class path
     * @throws AdapterException if an artifact cannot be resolved
     */
    List<Dependency> artifact(String groupId, String artifactId, String version) throws IOException;
}
