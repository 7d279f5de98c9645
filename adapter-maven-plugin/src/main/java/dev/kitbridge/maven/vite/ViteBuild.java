package dev.kitbridge.maven.vite;

import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.digest.Fingerprint;
import dev.kitbridge.maven.node.NodeServer;
import dev.kitbridge.maven.packages.ScriptRun;
import dev.kitbridge.maven.process.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Builds an app with its own Vite, unless the last build was of the same.
 *
 * @param run the app, the Node, the commands around Vite and its environment
 * @param module the Maven module's folder
 * @param target the Maven module's output folder
 * @param mode Vite's mode
 * @param timestamp {@code project.build.outputTimestamp}
 * @param contributions what the adapters have to do with it
 * @param services the module's own, or null
 * @param output takes what is to be said
 */
public record ViteBuild(
        ScriptRun run,
        Path module,
        Path target,
        String mode,
        @Nullable Instant timestamp,
        List<Contribution> contributions,
        @Nullable JavaServices services,
        BuildOutput output) {

    /** One build at a time of an app that several modules of a parallel build share. */
    private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    /**
     * A build.
     *
     * @param record what kit knows of it
     * @param fingerprint of what went in and of what came out: a build of the same sources may render other data
     * @param fresh whether it was made now
     * @param node the bridge's if it ran
     */
    public record Result(BuildRecord record, String fingerprint, boolean fresh, NodeServer node) {}

    /** Builds, or finds that nothing changed; a head start is used if there is one. */
    public Result run(App.InstalledPackage kit, HeadStart ahead, Runnable beforeBuild) throws IOException {
        ReentrantLock lock = lock(run.app());
        lock.lock();
        try {
            return runAlone(kit, ahead, beforeBuild);
        } finally {
            lock.unlock();
        }
    }

    static ReentrantLock lock(App app) {
        return LOCKS.computeIfAbsent(app.directory(), directory -> new ReentrantLock());
    }

    private Result runAlone(App.InstalledPackage kit, HeadStart ahead, Runnable beforeBuild) throws IOException {
        App app = run.app();
        LastBuild last = LastBuild.read(app);
        Sources.Place place = Sources.Place.of(app, module, target);
        Sources sources = Sources.read(place, last == null ? List.of() : last.inputs());
        String now = fingerprint(sources, kit);
        if (last != null && last.fingerprint().equals(now)) {
            BuildRecord record = BuildRecord.read(app.scratch().resolve("build.json"));
            if (record != null
                    && record.schema() == BuildRecord.SCHEMA
                    && last.output().equals(stamp(record))) {
                return new Result(record, now + last.output(), false, new NodeServer(run.node(), app.scratch(), null));
            }
        }
        beforeBuild.run();
        LastBuild.forget(app);
        run.warn(output);
        run.run(run.script().before(), "before", output);
        // the commands may have generated some
        if (!run.script().before().isEmpty()) sources = Sources.read(place, last == null ? List.of() : last.inputs());
        Child.Running started = ahead.take(run.node());
        Child.Running bridge = started == null ? Bridge.start(run, output.colours()) : started;
        boolean done = false;
        try {
            BuildRecord record =
                    new BridgeRun(run, kit, mode, timestamp, contributions, services, output).build(bridge, sources);
            run.run(run.script().after(), "after", output);
            Sources read = sources.with(record.inputs());
            String after = fingerprint(read, kit);
            String made = stamp(record);
            // what changed while Vite ran may not have been seen
            if (read.areCurrent()) new LastBuild(after, read.contentDigest(), made, record.inputs()).write(app);
            done = true;
            return new Result(record, after + made, true, new NodeServer(run.node(), app.scratch(), bridge));
        } finally {
            if (!done) bridge.close();
        }
    }

    private String stamp(BuildRecord record) throws IOException {
        Path root = run.app().directory();
        Path scratch = run.app().scratch();
        return Tree.stamp(List.of(
                root.resolve(record.clientDirectory()),
                root.resolve(record.serverDirectory()),
                root.resolve(record.prerenderedDirectory()),
                scratch.resolve("env"),
                scratch.resolve("fallback.html")));
    }

    private String fingerprint(Sources sources, App.InstalledPackage kit) throws IOException {
        Map<String, String> all = new TreeMap<>(System.getenv());
        all.putAll(run.variables());
        Fingerprint fingerprint = new Fingerprint()
                .add("bridge", Bridge.digest())
                .add("kit", kit.version())
                .add(
                        "vite",
                        run.app()
                                .installed("vite")
                                .map(App.InstalledPackage::version)
                                .orElse(""))
                .add("node", run.node().identity())
                .add("mode", mode)
                .add("timestamp", String.valueOf(timestamp))
                .add("script", run.script().toString())
                .addAll("set ", run.variables())
                .addAll("env ", sources.environment(all))
                .addAll("file ", sources.digests());
        for (Contribution contribution : contributions) {
            // an adapter that adds nothing does not matter to the build
            if (!contribution.vite().pre().isEmpty()
                    || !contribution.vite().post().isEmpty()) {
                fingerprint.add("plugins " + contribution.id(), contribution.text());
            }
        }
        Contribution emulating = Contribution.emulating(contributions);
        if (emulating != null) fingerprint.add("emulator", emulating.identity());
        // what they answered stands in prerendered pages
        if (services != null) fingerprint.add("services", services.identity());
        return fingerprint.digest();
    }
}
