package dev.kitbridge.maven.node;

import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.adapter.TargetPlatform;
import dev.kitbridge.maven.failure.UserFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.semver4j.Semver;

/**
 * Finds the Node to build with.
 *
 * @param nodeExecutable {@code <nodeExecutable>}
 * @param nodeVersion {@code <nodeVersion>}: a version, a range or {@code auto}
 * @param cacheDirectory folder of fetched versions; null for the user's cache folder
 * @param offline whether Maven is offline
 * @param refresh whether to look for a newer version than the cached one
 * @param programs finds Node and npm on a search path
 */
public record Nodes(
        @Nullable Path nodeExecutable,
        @Nullable String nodeVersion,
        @Nullable Path cacheDirectory,
        boolean offline,
        boolean refresh,
        Programs programs) {

    /** Serializes fetches: with {@code -T} several modules may need the same version. */
    private static final ReentrantLock FETCH = new ReentrantLock();

    /**
     * Finds the Node for an app, in this order: {@code <nodeExecutable>}, {@code <nodeVersion>}, the app's
     * {@code node_modules/.bin/node}, {@code PATH}.
     *
     * @param say called with a message before a version is fetched
     * @throws UserFailure if no Node is found
     */
    public NodeRuntime find(Path app, Consumer<String> say) throws IOException {
        Optional<NodeRuntime> present = present(app, say);
        if (present.isPresent()) return present.get();
        if (isFetched()) return fetched(WantedVersion.of(wantedVersion(), app), say);
        throw new UserFailure("No Node was found: there is none on PATH, and neither"
                + " <nodeExecutable> nor <nodeVersion> is set; add <nodeVersion>24</nodeVersion> to the"
                + " plugin's configuration to have it fetched through npm");
    }

    /**
     * Returns the result of {@link #find} if nothing has to be fetched; else empty.
     *
     * @param say called with a message about a cached version that cannot be used
     */
    public Optional<NodeRuntime> present(Path app, Consumer<String> say) throws IOException {
        if (nodeExecutable != null) {
            if (!Files.isRegularFile(nodeExecutable) || !Files.isExecutable(nodeExecutable)) {
                throw new UserFailure("<nodeExecutable> is " + nodeExecutable + ", which is not an executable file");
            }
            return Optional.of(new NodeRuntime(nodeExecutable, "<nodeExecutable>"));
        }
        if (isFetched()) return cached(WantedVersion.of(wantedVersion(), app), say);
        return own(app).or(() -> programs.find("node").map(path -> new NodeRuntime(path, "PATH")));
    }

    /**
     * Returns the Node for an app whose packages were installed just now: they may contain another Node.
     *
     * @param found the result of {@link #find} before the install
     */
    public NodeRuntime afterInstall(Path app, NodeRuntime found) {
        return nodeExecutable != null || isFetched() ? found : own(app).orElse(found);
    }

    private static Optional<NodeRuntime> own(Path app) {
        for (Path folder = app; folder != null; folder = folder.getParent()) {
            Path own = folder.resolve("node_modules/.bin")
                    .resolve(Binary.node(TargetPlatform.current()).executable());
            if (Files.isExecutable(own)) return Optional.of(new NodeRuntime(own, "the app's node_modules"));
        }
        return Optional.empty();
    }

    private boolean isFetched() {
        return !wantedVersion().isBlank();
    }

    private String wantedVersion() {
        return nodeVersion == null ? "" : nodeVersion;
    }

    private NodeCache cache(Binary binary) {
        Path folder = cacheDirectory == null
                ? UserCache.folder(TargetPlatform.current(), System.getenv(), System.getProperty("user.home"))
                : cacheDirectory;
        return new NodeCache(folder.resolve(binary.name().toLowerCase(Locale.ROOT)), binary);
    }

    /** Finds a version in the cache. */
    private Optional<NodeRuntime> cached(WantedVersion wanted, Consumer<String> say) throws IOException {
        if (refresh && !offline && !wanted.isExact()) return Optional.empty();
        FETCH.lock();
        try {
            return cache(Binary.node(TargetPlatform.current()))
                    .find(wanted.range(), say::accept)
                    .map(cached -> cached.runtime(wanted.origin()));
        } finally {
            FETCH.unlock();
        }
    }

    private NodeRuntime fetched(WantedVersion wanted, Consumer<String> say) throws IOException {
        return fetched(
                        cache(Binary.node(TargetPlatform.current())),
                        wanted,
                        "Node " + wanted.range() + " (" + wanted.origin() + ")",
                        () -> programs.find("npm").map(npm -> List.of(npm.toString())),
                        ", or set <nodeExecutable> to a Node that is already on this machine",
                        say)
                .runtime(wanted.origin());
    }

    /**
     * Finds a JavaScript runtime for a platform in the cache, or fetches it through npm.
     *
     * @param version a version or a range; null for the version of the building Node, or for any Bun
     * @param node the Node that builds
     * @param say called with a message before a version is fetched
     * @throws UserFailure if no version is found, or if it is not cached and Maven is offline
     */
    public JavaScriptRuntime.Binary binary(
            JavaScriptRuntime runtime,
            @Nullable String version,
            TargetPlatform platform,
            NodeRuntime node,
            Consumer<String> say)
            throws IOException {
        Binary binary = Binary.of(runtime, platform);
        WantedVersion wanted = version == null && runtime == JavaScriptRuntime.NODE
                ? new WantedVersion(
                        node.version(), "the one that builds, from " + node.origin() + "; <nodeVersion> sets another")
                : WantedVersion.ofAdapter(binary.name(), version == null ? "*" : version);
        NodeCache.Cached cached = fetched(
                cache(binary),
                wanted,
                binary.name() + " " + wanted.range() + " for " + platform,
                () -> programs.npm(node),
                "",
                say);
        return new JavaScriptRuntime.Binary(runtime, cached.version(), platform, cached.executable());
    }

    private NodeCache.Cached fetched(
            NodeCache cache,
            WantedVersion wanted,
            String what,
            Supplier<Optional<List<String>>> npm,
            String orElse,
            Consumer<String> say)
            throws IOException {
        FETCH.lock();
        try {
            boolean newer = refresh && !offline && !wanted.isExact();
            Optional<NodeCache.Cached> cached = newer ? Optional.empty() : cache.find(wanted.range(), say::accept);
            if (cached.isPresent()) return cached.get();
            if (offline) {
                throw new UserFailure(what + " is not in " + cache.folder()
                        + " and Maven is offline; run 'mvn adapter:go-offline' once with a network" + orElse);
            }
            List<String> program = npm.get()
                    .orElseThrow(() -> new UserFailure(
                            what + " is fetched through npm, and there is no npm on PATH; install npm" + orElse));
            return cache.fetch(wanted.range(), wanted.origin(), program, say::accept);
        } finally {
            FETCH.unlock();
        }
    }

    /**
     * Checks a Node's version against the {@code engines} of the app's SvelteKit.
     *
     * @throws UserFailure if it is not in the range
     */
    public static void check(String version, NodeRuntime node, String kitVersion, String engines) {
        if (engines.isEmpty() || new Semver(version).satisfies(engines)) return;
        throw new UserFailure(
                "Node " + version + " (" + node.executable() + ", from " + node.origin()
                        + ") does not suit SvelteKit " + kitVersion + ", which needs " + engines
                        + "; set <nodeVersion>24</nodeVersion> to have one fetched, or <nodeExecutable> to one on this machine");
    }
}
