package dev.kitbridge.maven.packages;

import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.files.Fingerprint;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.Programs;
import dev.kitbridge.maven.process.ChildProcess;
import dev.kitbridge.maven.process.ProcessLog;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Installs an app's packages if necessary.
 *
 * @param mode {@code <install>}
 * @param offline whether Maven is offline
 * @param programs finds package managers on a search path
 */
public record Packages(Mode mode, boolean offline, Programs programs) {

    /** File in {@code node_modules} with the digest of the lock file, written after a successful install. */
    private static final String MARK = ".kitbridge-lock";

    /** Files that package managers write to {@code node_modules} at the end of an install. */
    private static final List<String> OTHER_MARKS =
            List.of(".package-lock.json", ".modules.yaml", ".yarn-integrity", ".yarn-state.yml");

    /** Locks by workspace, which several modules of a parallel build may share. */
    private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    /** The values of {@code <install>}. */
    public enum Mode {
        /** Installs if {@code node_modules} is missing or the lock file has changed. */
        AUTO,
        /** Installs in each build. */
        ALWAYS,
        /** Never installs. */
        NEVER
    }

    /** Returns whether an install would run the package manager. */
    public boolean isNeeded(App app) throws IOException {
        return switch (mode) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> !isInstalled(app, manager(app));
        };
    }

    private static PackageManager manager(App app) throws IOException {
        PackageManager manager = PackageManager.of(app.directory());
        manager.refusePlugAndPlay(System.getenv());
        return manager;
    }

    /** Returns the command that adds a package to the app's development dependencies. */
    public static String addCommand(App app, String spec) throws IOException {
        return PackageManager.of(app.directory()).addCommand(spec);
    }

    /**
     * Installs, if necessary.
     *
     * @return the command that ran; empty if the packages were installed already
     * @throws UserFailure if the install fails
     */
    public Optional<String> install(App app, NodeRuntime node, ProcessLog output) throws IOException {
        if (mode == Mode.NEVER) return Optional.empty();
        PackageManager manager = manager(app);
        ReentrantLock lock = LOCKS.computeIfAbsent(manager.written(), folder -> new ReentrantLock());
        lock.lock();
        try {
            if (mode == Mode.AUTO && isInstalled(app, manager)) return Optional.empty();
            return Optional.of(locked(app, manager, node, output));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Locks out other Maven processes by a file, which is outside of {@code node_modules} because {@code npm ci}
     * empties that folder.
     */
    private String locked(App app, PackageManager manager, NodeRuntime node, ProcessLog output) throws IOException {
        String name = Fingerprint.sha256(manager.written().toString().getBytes(StandardCharsets.UTF_8));
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "kitbridge-" + name.substring(0, 16) + ".lock");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (!held.isValid()) throw new IOException(file + " cannot be locked");
            if (mode == Mode.AUTO && isInstalled(app, manager)) return manager.commandLine(offline);
            return run(app, manager, node, output);
        }
    }

    private static boolean isInstalled(App app, PackageManager manager) throws IOException {
        Path modules = manager.root().resolve("node_modules");
        // the mark of a workspace covers neither the app's own folder nor development dependencies
        if (!Files.isDirectory(modules) || !DirectDependencies.missing(app).isEmpty()) return false;
        Path mark = modules.resolve(MARK);
        if (Files.isRegularFile(mark)) return Files.readString(mark).equals(digest(manager));
        return hasOtherMark(modules, Files.getLastModifiedTime(wanted(manager)).toMillis());
    }

    /** Returns whether the user has installed the packages after the lock file was written. */
    private static boolean hasOtherMark(Path modules, long since) throws IOException {
        for (String name : OTHER_MARKS) {
            Path mark = modules.resolve(name);
            if (Files.isRegularFile(mark) && Files.getLastModifiedTime(mark).toMillis() >= since) return true;
        }
        return false;
    }

    private String run(App app, PackageManager manager, NodeRuntime node, ProcessLog output) throws IOException {
        String shown = manager.commandLine(offline);
        // fails early if the program is not Node; the error of the package manager would mislead
        node.version();
        // npm takes a lock file that it cannot read for none, offline even for a package that is not cached
        Path lockFile = manager.lock().orElse(null);
        if (manager.kind() == PackageManager.Kind.NPM && lockFile != null) App.read(lockFile);
        List<String> command = new ArrayList<>(new ManagerProgram(manager, programs, node, offline).command(output));
        command.addAll(manager.installArguments(offline));
        if (manager.lock().isEmpty()) {
            output.warn("There is no lock file in " + manager.root()
                    + ", so that versions of packages may differ from build to build; run '"
                    + manager.kind().program() + " install' there and commit the lock file that it writes");
        }
        output.say("Installing packages in " + manager.root() + ": " + shown);
        Files.deleteIfExists(manager.root().resolve("node_modules").resolve(MARK));
        List<String> said = new ArrayList<>();
        UsageText usage = new UsageText();
        Map<String, String> environment = new TreeMap<>(programs.withFirst(node));
        environment.putAll(manager.environment());
        ChildProcess.Result result = new ChildProcess(command, manager.root(), environment)
                .run(
                        (text, error) -> {
                            if (!text.isBlank() && !usage.contains(text)) output.line(text, error);
                            said.add(text);
                        },
                        seconds -> output.say(manager.kind().program() + " is still running after " + seconds + " s"));
        if (!result.succeeded()) {
            throw new UserFailure("'" + shown + "' failed in " + manager.root() + " with exit code " + result.exitCode()
                    + (offline ? whyOffline(said) : "")
                    + ":\n  " + String.join("\n  ", Complaint.of(said)));
        }
        List<String> missing = DirectDependencies.missing(app);
        if (missing.isEmpty()) {
            Path modules = manager.root().resolve("node_modules");
            Files.createDirectories(modules);
            Files.writeString(modules.resolve(MARK), digest(manager));
        } else {
            output.warn("'" + shown + "' left out " + String.join(", ", missing) + ", which " + app.directory()
                    + "/package.json names; look for a setting that leaves dependencies out (omit, only, production)"
                    + " in .npmrc, bunfig.toml and the environment");
        }
        return shown;
    }

    private static String whyOffline(List<String> said) {
        return ". Maven is offline"
                + Complaint.notCached(said)
                        .map(name -> ", and " + name + ", at least, is not in npm's cache")
                        .orElse("")
                + "; run 'mvn adapter:go-offline' once with a network. Its output";
    }

    private static String digest(PackageManager manager) throws IOException {
        return Fingerprint.sha256(Files.readAllBytes(wanted(manager)));
    }

    /** Returns the file that determines the packages to install. */
    private static Path wanted(PackageManager manager) {
        return manager.lock().orElse(manager.root().resolve("package.json"));
    }
}
