package dev.kitbridge.maven.vite;

import dev.kitbridge.adapter.ViteConfig;
import dev.kitbridge.adapter.ViteModule;
import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.json.Json;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.Programs;
import dev.kitbridge.maven.process.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Builds an app with its own Vite, unless the last build was of the same.
 *
 * @param app the app
 * @param module the Maven module's folder
 * @param target the Maven module's output folder
 * @param node the Node to build with
 * @param mode Vite's mode
 * @param environment {@code <environmentVariables>}
 * @param timestamp {@code project.build.outputTimestamp}
 * @param contributions what the adapters have to do with it
 * @param output takes what is to be said
 */
public record ViteBuild(
        App app,
        Path module,
        Path target,
        NodeRuntime node,
        String mode,
        Map<String, String> environment,
        @Nullable Instant timestamp,
        List<Contribution> contributions,
        BuildOutput output) {

    /** A line of a stack trace that is not in the app's own files. */
    private static final Pattern FOREIGN_FRAME =
            Pattern.compile("^\\s+at .*(node:|/node_modules/|\\.svelte-kit/kitbridge/)");

    /** One build at a time of an app that several modules of a parallel build share. */
    private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    /**
     * What is left of a build for the next one.
     *
     * @param fingerprint of all that went in
     * @param output stamp of all that came out
     * @param inputs files that it read
     */
    record State(String fingerprint, String output, List<String> inputs) {}

    /**
     * A build.
     *
     * @param record what kit knows of it
     * @param fingerprint of what went in and of what came out: a build of the same sources may render other data
     * @param fresh whether it was made now
     */
    public record Result(BuildRecord record, String fingerprint, boolean fresh) {}

    /** Builds, or finds that nothing changed. */
    public Result run(App.InstalledPackage kit, Runnable beforeBuild) throws IOException {
        ReentrantLock lock = LOCKS.computeIfAbsent(app.directory(), directory -> new ReentrantLock());
        lock.lock();
        try {
            return runAlone(kit, beforeBuild);
        } finally {
            lock.unlock();
        }
    }

    private Result runAlone(App.InstalledPackage kit, Runnable beforeBuild) throws IOException {
        Path scratch = app.scratch();
        Path stateFile = scratch.resolve("state.json");
        State state = state(stateFile);
        Sources.Place place = Sources.Place.of(app, module, target);
        Sources sources = Sources.read(place, state == null ? List.of() : state.inputs());
        String now = fingerprint(sources, kit);
        if (state != null && state.fingerprint().equals(now)) {
            BuildRecord last = BuildRecord.read(scratch.resolve("build.json"));
            if (last != null
                    && last.schema() == BuildRecord.SCHEMA
                    && state.output().equals(stamp(last))) {
                return new Result(last, now + state.output(), false);
            }
        }
        beforeBuild.run();
        Files.deleteIfExists(stateFile);
        BuildRecord record = build(kit, sources);
        Sources read = sources.with(record.inputs());
        String after = fingerprint(read, kit);
        String made = stamp(record);
        // what changed while Vite ran may not have been seen
        if (read.areCurrent()) {
            Path part = scratch.resolve("state.json.part");
            Files.writeString(part, Json.MAPPER.writeValueAsString(new State(after, made, record.inputs())));
            Files.move(part, stateFile, StandardCopyOption.REPLACE_EXISTING);
        }
        return new Result(record, after + made, true);
    }

    private static @Nullable State state(Path file) throws IOException {
        try {
            return Files.isRegularFile(file) ? Json.MAPPER.readValue(Files.readString(file), State.class) : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private String stamp(BuildRecord record) throws IOException {
        Path root = app.directory();
        Path scratch = app.scratch();
        return Tree.stamp(List.of(
                root.resolve(record.clientDirectory()),
                root.resolve(record.serverDirectory()),
                root.resolve(record.prerenderedDirectory()),
                scratch.resolve("env"),
                scratch.resolve("fallback.html")));
    }

    private String fingerprint(Sources sources, App.InstalledPackage kit) throws IOException {
        Map<String, String> all = new TreeMap<>(System.getenv());
        all.putAll(environment);
        Fingerprint fingerprint = new Fingerprint()
                .add("bridge", Bridge.digest())
                .add("kit", kit.version())
                .add(
                        "vite",
                        app.installed("vite").map(App.InstalledPackage::version).orElse(""))
                .add("node", node.identity())
                .add("mode", mode)
                .add("timestamp", String.valueOf(timestamp))
                .addAll("set ", environment)
                .addAll("env ", sources.environment(all))
                .addAll("file ", sources.digests());
        for (Contribution contribution : contributions) {
            // an adapter that adds nothing does not matter to the build
            if (!contribution.vite().equals(ViteConfig.NONE)) {
                fingerprint.add(
                        "plugins " + contribution.id(), contribution.vite().toString());
            }
        }
        emulation().ifPresent(contribution -> fingerprint.add("emulator", contribution.identity()));
        return fingerprint.digest();
    }

    private BuildRecord build(App.InstalledPackage kit, Sources sources) throws IOException {
        Path scratch = app.scratch();
        Path bridge = Bridge.unpack(scratch);
        Files.deleteIfExists(scratch.resolve("build.json"));
        Files.deleteIfExists(scratch.resolve("error.json"));
        VersionName version = VersionName.of(timestamp, app.directory(), sources.contentDigest(), Programs.system());
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("root", app.directory().toString());
        request.put("out", scratch.toString());
        request.put("mode", mode);
        request.put("versionName", version.value());
        request.put("plugins", plugins(scratch));
        Path file = scratch.resolve("request.json");
        Files.writeString(file, Json.MAPPER.writeValueAsString(request));

        List<String> command = List.of(
                node.executable().toString(),
                "--import",
                bridge.resolveSibling("fork.mjs").toUri().toString(),
                bridge.toString(),
                file.toString());
        Map<String, String> variables = new TreeMap<>(Programs.system().withFirst(node));
        // as Vite's own command line does, but where nobody else writes
        variables.put("NODE_COMPILE_CACHE", scratch.resolve("compiled").toString());
        if (output.colours()) variables.put("FORCE_COLOR", "1");
        variables.putAll(environment);
        BuildRecord.prepare();
        List<String> troubles = new ArrayList<>();
        Child.Result result;
        try (EmulatorServer emulator = emulator()) {
            if (emulator != null) variables.put("KITBRIDGE_PLATFORM", emulator.url());
            result = new Child(command, app.directory(), variables)
                    .run(
                            (text, error) -> {
                                output.line(text, error);
                                if (BuildOutput.isTrouble(text, error)) troubles.add(text);
                            },
                            seconds -> output.say("Vite still builds after " + seconds + " s"));
        }

        BuildRecord record = BuildRecord.read(scratch.resolve("build.json"));
        if (!result.succeeded() || record == null) throw failure(kit, result, troubles);
        if (record.versionIsDefault() && version.value() != null) {
            output.say("version.name is " + version.value() + ", from " + version.origin()
                    + ", since the app leaves it to SvelteKit's default, the time of day");
        } else if (version.value() == null) {
            output.warn(
                    "This build cannot be repeated byte by byte: unless the app sets version.name, it is the time of"
                            + " day; set the property project.build.outputTimestamp");
        }
        return record;
    }

    /** One build can have one platform: that of the first adapter that makes one. */
    private Optional<Contribution> emulation() {
        return contributions.stream()
                .filter(contribution -> contribution.emulator() != null)
                .findFirst();
    }

    private @Nullable EmulatorServer emulator() throws IOException {
        Optional<Contribution> emulation = emulation();
        if (emulation.isEmpty()) return null;
        output.say("event.platform of prerendered pages is that of adapter '"
                + emulation.get().id() + "'");
        return new EmulatorServer(Objects.requireNonNull(emulation.get().emulator()));
    }

    private Map<String, Object> plugins(Path scratch) throws IOException {
        List<Map<String, Object>> pre = new ArrayList<>();
        List<Map<String, Object>> post = new ArrayList<>();
        for (Contribution adapter : contributions) {
            Path folder = scratch.resolve("vite").resolve(adapter.id());
            write(folder, adapter.vite().pre(), pre);
            write(folder, adapter.vite().post(), post);
        }
        return Map.of("pre", pre, "post", post);
    }

    private static void write(Path folder, List<ViteModule> modules, List<Map<String, Object>> to) throws IOException {
        for (ViteModule module : modules) {
            Files.createDirectories(folder);
            Path file = folder.resolve(module.name());
            Files.writeString(file, module.source());
            to.add(Map.of("path", file.toString(), "options", module.options()));
        }
    }

    /**
     * What went wrong, as the bridge left it.
     *
     * @param message the error's message
     * @param where file, line and column, if they are known
     */
    private record Failure(String message, @Nullable String where) {}

    private UserFailure failure(App.InstalledPackage kit, Child.Result result, List<String> troubles)
            throws IOException {
        Path file = app.scratch().resolve("error.json");
        if (!Files.isRegularFile(file)) {
            return new UserFailure("The Vite build of " + app.directory() + " ended with exit code "
                    + result.exitCode() + " and without a record; its last lines:\n  "
                    + String.join("\n  ", BuildOutput.plain(result.tail())));
        }
        Failure failure = Json.MAPPER.readValue(Files.readString(file), Failure.class);
        String message = BuildOutput.plain(failure.message());
        if (message.startsWith("KITBRIDGE_SHAPE: ")) {
            return new UserFailure("SvelteKit was not found in the vite.config of " + app.directory() + " ("
                    + message.substring("KITBRIDGE_SHAPE: ".length())
                    + "); add sveltekit() to its plugins. If it is there, SvelteKit " + kit.version()
                    + " has a form that is not known: supported is " + dev.kitbridge.maven.app.Kit.SUPPORTED);
        }
        return new UserFailure("The Vite build of " + app.directory() + " failed: " + message
                + details(message, failure.where(), troubles));
    }

    /** Where it went wrong, for an error that does not say so itself: what it is about was written before it. */
    private static String details(String message, @Nullable String where, List<String> troubles) {
        if (where != null) return message.contains(where) ? "" : "\n  at " + where;
        if (message.contains("\n")) return "";
        List<String> lines = BuildOutput.plain(troubles).stream()
                .filter(line -> !line.isBlank()
                        && !line.equals(message)
                        && !FOREIGN_FRAME.matcher(line).find())
                .toList();
        List<String> last = lines.subList(Math.max(0, lines.size() - 12), lines.size());
        return last.isEmpty() ? "" : "\nThe last that it said:\n  " + String.join("\n  ", last);
    }
}
