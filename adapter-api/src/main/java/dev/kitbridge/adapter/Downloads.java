package dev.kitbridge.adapter;

import dev.kitbridge.adapter.Project.Dependency;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Downloads JavaScript runtimes and earlier releases, with the settings (mirror, proxy, credentials) that npm and Maven
 * have on this machine. With {@code mvn -o} it reads the local caches only. {@link Builder} has these methods too.
 */
public interface Downloads {

    /**
     * Returns the official binary of a JavaScript runtime.
     *
     * <p>npm downloads it once, and its digest is compared with the one in the registry. Later calls take it from the
     * cache and check it again. A newer version in the registry alone does not make an adapter run again.
     *
     * @param runtime the runtime
     * @param version an exact version such as {@code 1.4.5}, or a range in npm's notation such as {@code 1}; null: the
     *     version of the Node that builds, or any version of Bun. A range selects the newest matching version in the
     *     cache, else the newest in the registry, so the result can differ between machines
     * @param platform the operating system and processor that the binary is for
     * @return the binary
     * @throws AdapterException if no such binary exists, if it cannot be downloaded, or if it is not in the cache and
     *     Maven is offline
     * @throws IOException if the cache cannot be read or written
     */
    JavaScriptRuntime.Binary javaScriptRuntime(
            JavaScriptRuntime runtime, @Nullable String version, TargetPlatform platform) throws IOException;

    /**
     * Returns the newest releases of the module that are older than its own version, newest first.
     *
     * <p>Versions are compared in Maven's order; snapshots are ignored. A release without the requested artifact is
     * skipped, with a line in the log. Remote repositories are asked as often as Maven checks them for updates.
     * Offline, the method returns the releases in the local repository and logs a warning.
     *
     * @param count the maximum number of releases
     * @param type the artifact's extension, such as {@code jar} or {@code zip}
     * @param classifier the artifact's classifier; null: the main artifact
     * @return at most {@code count} releases
     * @throws AdapterException if a repository cannot be reached
     * @throws IOException if a file cannot be read or written
     */
    List<Release> previousReleases(int count, String type, @Nullable String classifier) throws IOException;

    /**
     * Resolves an artifact of the repositories that Maven has for plugins, with its runtime dependencies. An adapter
     * whose output runs Java code declares that code as an artifact of its own, and puts the result into its output.
     *
     * @param groupId the artifact's group
     * @param artifactId the artifact's name
     * @param version the artifact's version, usually the adapter's own
     * @return the artifact, then its dependencies in the order of a class path
     * @throws IOException if a file cannot be read
     * @throws AdapterException if an artifact cannot be resolved
     */
    List<Dependency> artifact(String groupId, String artifactId, String version) throws IOException;

    /**
     * An artifact of an earlier release of the module.
     *
     * @param version the release's version
     * @param file the artifact in Maven's local repository; read only
     */
    record Release(String version, Path file) {}
}
