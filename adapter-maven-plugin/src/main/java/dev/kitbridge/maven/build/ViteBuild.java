package dev.kitbridge.maven.build;

import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.files.Tree;
import dev.kitbridge.maven.json.Jackson;
import dev.kitbridge.maven.node.NodeServer;
import dev.kitbridge.maven.node.Programs;
import dev.kitbridge.maven.packages.ScriptRun;
import dev.kitbridge.maven.packages.ViteScript;
import dev.kitbridge.maven.process.ChildProcess;
import dev.kitbridge.maven.process.ProcessLog;
import dev.kitbridge.maven.services.JavaServices;
import dev.kitbridge.maven.vite.BridgeModules;
import dev.kitbridge.maven.vite.Contribution;
import dev.kitbridge.maven.vite.InstalledAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds an app with its own Vite, unless the last build had the same inputs.
 *
 * @param run the app, the Node, the commands around Vite and its environment
 * @param module the Maven module's folder
 * @param target the Maven module's output folder
 * @param mode Vite's mode
 * @param timestamp {@code project.build.outputTimestamp}
 * @param contributions what each adapter contributes to Vite
 * @param services the module's services, or null
 * @param output Maven's log
 */
public record ViteBuild(
        ScriptRun run,
        Path module,
        Path target,
        String mode,
        @Nullable Instant timestamp,
        List<Contribution> contributions,
        @Nullable JavaServices services,
        ProcessLog output) {

    /** Files in {@code node_modules} in which package managers list the installed packages. */
    private static final List<String> INSTALLED =
            List.of(".package-lock.json", ".pnpm/lock.yaml", ".yarn-state.yml", ".yarn-integrity");

    /** Locks by app: modules of a parallel build that share an app build it one after the other. */
    private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    /**
     * A finished build. Closing it ends the bridge and lets other modules build the app, which may replace the output.
     *
     * @param record what SvelteKit passes to its adapter
     * @param fingerprint of all inputs and of the output: the same sources may render other data
     * @param fresh whether Vite ran
     * @param folder the folder of the record and its files
     * @param node runs modules in the bridge's process, or in a new one if Vite did not run
     * @param lock held by this thread
     */
    public record Result(
            BuildRecord record, String fingerprint, boolean fresh, Path folder, NodeServer node, ReentrantLock lock)
            implements AutoCloseable {

        @Override
        public void close() {
            node.close();
            if (lock.isHeldByCurrentThread()) lock.unlock();
        }
    }

    /**
     * Builds if an input changed.
     *
     * @param ahead a bridge that was started early
     * @param beforeBuild called with a description of the change
     */
    public Result run(App.InstalledPackage kit, HeadStart ahead, Consumer<String> beforeBuild) throws IOException {
        ReentrantLock lock = lock(app());
        lock.lock();
        boolean done = false;
        try {
            Result result = runAlone(kit, ahead, beforeBuild, lock);
            done = true;
            return result;
        } finally {
            if (!done) lock.unlock();
        }
    }

    static ReentrantLock lock(App app) {
        return LOCKS.computeIfAbsent(app.directory(), directory -> new ReentrantLock());
    }

    private Result runAlone(App.InstalledPackage kit, HeadStart ahead, Consumer<String> beforeBuild, ReentrantLock lock)
            throws IOException {
        List<String> scripts = Contribution.scripts(contributions).stream()
                .map(script -> String.valueOf(script.get("id")))
                .toList();
        BuildFolder own = BuildFolder.of(app(), module, scripts);
        String reason = "first build";
        for (BuildFolder folder : own.withOthers()) {
            LastBuild last = LastBuild.read(folder.path());
            if (last == null) continue;
            String change = change(last, kit);
            BuildRecord record = change == null ? BuildRecord.read(folder.record()) : null;
            if (change == null) change = "the output of the last build changed or is missing";
            if (record != null && record.schema() == BuildRecord.SCHEMA) {
                folder.restore(record);
                if (last.output().equals(stamp(record, folder))) {
                    String fingerprint = last.facts().digest() + last.output();
                    NodeServer server = new NodeServer(run.node(), app().scratch(), null);
                    return new Result(record, fingerprint, false, folder.path(), server, lock);
                }
            }
            if (folder.equals(own)) reason = change;
        }
        beforeBuild.accept(reason);
        return build(own, kit, ahead, lock);
    }

    /** Describes what changed since a build in one line; returns null if nothing changed. */
    @Nullable
    String change(LastBuild last, App.InstalledPackage kit) throws IOException {
        return last.facts().difference(facts(AppSources.read(layout(last.outDir())), last, kit));
    }

    private Result build(BuildFolder folder, App.InstalledPackage kit, HeadStart ahead, ReentrantLock lock)
            throws IOException {
        LastBuild last = LastBuild.read(folder.path());
        LastBuild.forget(folder.path());
        String outDir = last == null ? ".svelte-kit" : last.outDir();
        run.warn(output);
        Set<String> generated = generatedBeforeVite(outDir);
        if (last != null) generated.addAll(last.generated());
        checkScripts();
        // such a command may have deleted SvelteKit's folder, which holds the modules of a started bridge
        if (!run.script().before().isEmpty()) ahead.close();
        folder.begin();
        AppSources before = AppSources.read(layout(outDir));
        GitFiles versioned = GitFiles.of(app().directory(), app().scratch(), List.copyOf(generated), Programs.system());
        VersionName version =
                VersionName.of(timestamp, app().directory(), before.contentDigest(versioned::holds), Programs.system());
        Instant start = Instant.now();
        ChildProcess.Running started = ahead.take(run.node());
        ChildProcess.Running bridge = started == null ? Bridge.start(run, output.colours()) : started;
        boolean done = false;
        try {
            BuildRecord record = new BridgeRun(run, kit, mode, target, folder, contributions, services, output)
                    .build(bridge, version);
            run.run(run.script().after(), "after", output);
            LastBuild made = made(record, kit, folder, before, generated, start);
            made.write(folder.path());
            done = true;
            NodeServer server = new NodeServer(run.node(), app().scratch(), bridge);
            return new Result(record, made.facts().digest() + made.output(), true, folder.path(), server, lock);
        } finally {
            if (!done) bridge.close();
        }
    }

    /**
     * A command before Vite may have deleted SvelteKit's folder, in which the plugin has installed adapters from npm.
     */
    private void checkScripts() {
        for (Contribution contribution : contributions) {
            InstalledAdapter script = contribution.script();
            if (script == null || Files.isRegularFile(script.entry())) continue;
            throw new UserFailure("Adapter '" + contribution.id() + "': " + script.entry() + " was deleted by a command"
                    + " before Vite (script 'build', or <beforeBuild>); leave"
                    + " .svelte-kit/kitbridge in place, or set <beforeBuild>none</beforeBuild>");
        }
    }

    /** Runs the commands before Vite. Returns the files in the app's folder that they wrote. */
    private Set<String> generatedBeforeVite(String outDir) throws IOException {
        List<ViteScript.Command> commands = run.script().before();
        Set<String> generated = new TreeSet<>();
        if (commands.isEmpty()) return generated;
        Map<String, String> before = AppSources.read(layout(outDir)).digests();
        run.run(commands, "before", output);
        AppSources.read(layout(outDir)).digests().forEach((file, digest) -> {
            if (!digest.equals(before.get(file))) generated.add(file);
        });
        return generated;
    }

    /** Returns the state after a build. For a source that changed during the build, it holds the digest from before. */
    private LastBuild made(
            BuildRecord record,
            App.InstalledPackage kit,
            BuildFolder folder,
            AppSources before,
            Set<String> generated,
            Instant start)
            throws IOException {
        AppSources.Layout layout = layout(record.outDir());
        Inputs inputs = record.inputs();
        Set<String> written = Set.copyOf(inputs.written());
        Set<String> known = new TreeSet<>(generated);
        known.addAll(inputs.written().stream().filter(layout::holds).toList());
        known.removeIf(file -> !Files.exists(app().directory().resolve(file)));
        LastBuild made =
                new LastBuild(Facts.none(), inputs, List.copyOf(known), record.outDir(), stamp(record, folder));
        Facts facts = facts(AppSources.read(layout), made, kit);
        facts.values().replaceAll((fact, value) -> {
            if (!fact.startsWith(Facts.FILE)) return value;
            String file = fact.substring(Facts.FILE.length());
            if (written.contains(file)) return value;
            if (layout.holds(file)) return before.digests().getOrDefault(file, Facts.MISSING);
            return isBetween(start, app().directory().resolve(file)) ? "changed during the build" : value;
        });
        before.digests().forEach((file, digest) -> {
            if (layout.holds(file) && !written.contains(file)) facts.values().putIfAbsent(Facts.FILE + file, digest);
        });
        return new LastBuild(facts, inputs, made.generated(), made.outDir(), made.output());
    }

    /** Returns whether a file was modified since a time. */
    private static boolean isBetween(Instant start, Path file) {
        try {
            if (!Files.isRegularFile(file)) return false;
            Instant time = Files.getLastModifiedTime(file).toInstant();
            return time.isAfter(start) && !time.isAfter(Instant.now());
        } catch (IOException e) {
            return true;
        }
    }

    private App app() {
        return run.app();
    }

    private AppSources.Layout layout(String outDir) throws IOException {
        return AppSources.Layout.of(app(), target, outDir);
    }

    private String stamp(BuildRecord record, BuildFolder folder) throws IOException {
        Path root = app().directory();
        List<Path> output = new ArrayList<>(List.of(
                root.resolve(record.clientDirectory()),
                root.resolve(record.serverDirectory()),
                root.resolve(record.prerenderedDirectory()),
                folder.path().resolve("env"),
                folder.path().resolve("fallback.html")));
        for (BuildRecord.Ran ran : record.adapters()) {
            for (String written : ran.outputs()) output.add(root.resolve(written));
        }
        return Tree.stamp(output);
    }

    private Facts facts(AppSources sources, LastBuild build, App.InstalledPackage kit) throws IOException {
        Facts facts = Facts.none()
                .add("", "Kitbridge", BridgeModules.BUILD.digest())
                .add("", "SvelteKit", kit.version())
                .add(
                        "",
                        "Vite",
                        app().installed("vite")
                                .map(App.InstalledPackage::version)
                                .orElse(""))
                .add("", "Node", run.node().identity())
                .add("", "<mode>", mode)
                .add("", "the script in package.json", run.script().toString())
                .add("", "project.build.outputTimestamp", String.valueOf(timestamp));
        for (Contribution contribution : contributions) {
            // an adapter without Vite plugins does not affect the output
            if (!contribution.vite().pre().isEmpty()
                    || !contribution.vite().post().isEmpty()) {
                facts.add("the Vite plugins of adapter ", contribution.id(), contribution.text());
            }
        }
        for (Map<String, Object> script : Contribution.scripts(contributions)) {
            facts.add("the options of adapter ", String.valueOf(script.get("id")), Jackson.sorted(script));
        }
        for (Contribution contribution : contributions) {
            InstalledAdapter script = contribution.script();
            if (script != null) facts.add("the package of adapter ", contribution.id(), script.stamp());
        }
        Contribution emulating = Contribution.emulating(contributions);
        if (emulating != null) facts.add("adapter ", emulating.id(), emulating.identity());
        // prerendered pages may contain their results
        if (services != null) facts.add("", "the module's services", services.identity());
        for (Path folder = app().directory(); folder != null; folder = folder.getParent()) {
            Path packages = folder.resolve("node_modules");
            for (String name : INSTALLED) {
                Path file = packages.resolve(name);
                if (Files.isRegularFile(file))
                    facts.add("the packages in ", packages.toString(), AppSources.digest(file));
            }
        }
        sources.digests().forEach((file, digest) -> facts.add(Facts.FILE, file, digest));
        // the user agent would start Node for its version, which is a fact already
        Map<String, String> variables = new TreeMap<>(System.getenv());
        variables.putAll(run.environmentWithoutUserAgent());
        new InputFacts(layout(build.outDir()), variables).add(build.inputs(), facts);
        return facts;
    }
}
