package dev.kitbridge.adapters.jvm.build;

import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.adapter.Option;
import dev.kitbridge.adapter.TargetPlatform;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Options of the adapter; the first three are those of {@code @sveltejs/adapter-node}.
 *
 * @param target an executable jar, or resources inside the module's own jar or WAR
 * @param out where the app's folder is written; null: the adapter's output folder
 * @param precompress whether to write compressed variants
 * @param envPrefix prefix of the names of the environment variables
 * @param mainJar whether the module's own classes and dependencies go into the jar
 * @param runtime the JavaScript runtime that runs the app
 * @param platforms the platforms whose runtime the jar contains; empty: the build machine's; {@code none}: no runtime
 * @param external packages that are not bundled, in addition to {@code dependencies} of package.json
 * @param bundle packages among {@code dependencies} that are bundled; {@code all}: all of them
 * @param retainReleases number of previous releases whose hashed files are kept
 * @param serverEntry the app's own server entry, from its folder; null: SvelteKit's server answers
 * @param pageCache the store of a shared page cache whose client goes into the jar; null: none
 */
public record JvmOptions(
        @Option(
                        "jar: an executable jar; or resources: inside the module's own jar or WAR, for an application that serves the app")
                Target target,
        @Option(value = "Where the app's folder is written", defaultValue = "target/adapters/jvm") @Nullable Path out,
        @Option("Compresses files with gzip and Brotli at build time") Boolean precompress,
        @Option("Prefix of the names of the environment variables") String envPrefix,
        @Option("Nests the module's own classes and runtime dependencies in the jar") Boolean mainJar,
        @Option("node, or bun") JavaScriptRuntime runtime,
        @Option(
                        value =
                                "Platforms whose runtime the jar contains: linux-x64, linux-arm64, ...; none for no runtime",
                        defaultValue = "the build machine's")
                List<String> platforms,
        @Option("Packages to copy into the jar instead of bundling them, as for those in dependencies")
                List<String> external,
        @Option("Packages in dependencies to bundle instead of copying them: names, or all") List<String> bundle,
        @Option("Number of previous releases whose hashed files are served too") int retainReleases,
        @Option("The app's own server entry, a file in its folder: fetch(request) of its default export answers")
                @Nullable
                String serverEntry,
        @Option("redis: the client for PAGE_CACHE_URL, with which replicas share kept pages") @Nullable
                PageCache pageCache) {

    /** The destination of the app. */
    public enum Target {
        /** An executable jar. */
        JAR,
        /** {@code META-INF/kitbridge} of the module's own classes. */
        RESOURCES
    }

    /** Stores of a shared page cache. */
    public enum PageCache {
        /** Redis or Valkey. */
        REDIS
    }

    private static final String NONE = "none";

    /** Pinned, so that two builds contain the same version. */
    private static final String BUN = "1.4.5";

    /** Sets defaults, and rejects invalid values and combinations. */
    public JvmOptions {
        if (target == null) target = Target.JAR;
        if (target == Target.RESOURCES && mainJar != null) {
            throw new IllegalArgumentException(
                    "<mainJar> applies to the executable jar only, but <target> is resources; remove <mainJar>");
        }
        if (target == Target.RESOURCES && retainReleases > 0) {
            throw new IllegalArgumentException(
                    "<retainReleases> reads earlier executable jars, but <target> is resources; remove <retainReleases>");
        }
        if (target == Target.RESOURCES && pageCache != null) {
            throw new IllegalArgumentException("<pageCache> applies to the executable jar only, but <target> is"
                    + " resources; remove <pageCache>, and add the dependency kitbridge-cache-redis to the module");
        }
        if (precompress == null) precompress = true;
        if (envPrefix == null) envPrefix = "";
        if (mainJar == null) mainJar = true;
        if (runtime == null) runtime = JavaScriptRuntime.NODE;
        platforms = platforms == null ? List.of() : List.copyOf(platforms);
        external = external == null ? List.of() : List.copyOf(external);
        bundle = bundle == null ? List.of() : List.copyOf(bundle);
        if (retainReleases < 0) {
            throw new IllegalArgumentException(
                    "<retainReleases> is " + retainReleases + "; it accepts 0 (none) or the number of releases");
        }
        if (platforms.contains(NONE) && platforms.size() > 1) {
            throw new IllegalArgumentException("<platforms> is " + String.join(",", platforms)
                    + "; none cannot be combined with a platform: it means a jar without a runtime");
        }
        for (String platform : platforms) {
            if (!platform.equals(NONE)) TargetPlatform.valueOf(platform);
        }
    }

    /** Returns the version of the runtime; null: the version of the Node that builds. */
    @Nullable
    String runtimeVersion() {
        return runtime == JavaScriptRuntime.BUN ? BUN : null;
    }

    /** Returns the platforms whose runtime the jar contains. */
    List<TargetPlatform> runtimePlatforms() {
        if (platforms.equals(List.of(NONE))) return List.of();
        return platforms.isEmpty()
                ? List.of(TargetPlatform.current())
                : platforms.stream().map(TargetPlatform::valueOf).distinct().toList();
    }
}
