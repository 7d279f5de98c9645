package dev.kitbridge.maven.application;

import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.process.ChildProcess;
import dev.kitbridge.maven.process.ProcessLog;
import dev.kitbridge.maven.process.Secret;
import dev.kitbridge.maven.services.ClassPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs the module's application, and restarts it when its classes change. */
public final class ApplicationProcess implements AutoCloseable {

    /** Pause between two checks of the classes. */
    private static final long PAUSE_MILLIS = 200;

    /** Classes count as complete if none has changed for this time: a compiler writes one after the other. */
    private static final long REST_MILLIS = 300;

    /** The same time after classes were removed: Maven's compiler removes them before it writes them again. */
    private static final long REMOVED_MILLIS = 2_000;

    private final ApplicationCommand command;
    private final ProcessLog output;
    private final ProcessLog lines;
    private final String secret = Secret.random();

    private @Nullable URI vite;
    private @Nullable ApplicationPort port;
    private @Nullable ApplicationJvm jvm;
    private boolean closed;
    private volatile @Nullable UserFailure failure;
    private Runnable failed = () -> {};

    /** The classes that the application was started with. */
    private ClassPath.Snapshot loaded = new ClassPath.Snapshot("", Set.of());

    /** The last stamp that differs, and the {@link System#nanoTime} at which it was first seen. */
    private String changed = "";

    private long changedAt;

    /** Whether missing classes were reported. */
    private boolean toldMissing;

    /**
     * Prepares the application without starting it.
     *
     * @param output Maven's log
     */
    public ApplicationProcess(ApplicationCommand command, ProcessLog output) {
        this.command = command;
        this.output = output;
        this.lines = output.marked("[app] ");
    }

    /** Returns what the application sends to Vite's process to prove that Maven started it. */
    public String secret() {
        return secret;
    }

    /** Returns why the application cannot be served, or null. */
    public @Nullable UserFailure failure() {
        return failure;
    }

    /**
     * Starts the application, unless it runs.
     *
     * @param address of Vite
     * @param failed called if the application cannot be served, see {@link #failure}
     */
    public synchronized void start(URI address, Runnable failed) {
        if (vite != null || closed) return;
        vite = address;
        this.failed = failed;
        Thread thread = new Thread(this::watch, "kitbridge-application");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        try {
            launch();
            while (check()) Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            fail(
                    e instanceof UserFailure known
                            ? known
                            : new UserFailure("The application cannot be started: " + e, e));
        }
    }

    private synchronized void launch() throws IOException {
        if (closed) return;
        loaded = command.classPath().snapshot();
        changed = loaded.stamp();
        toldMissing = false;
        if (port != null) port.starts();
        Map<String, String> environment = Map.of("KITBRIDGE_DEV_SECRET", secret);
        ChildProcess process = new ChildProcess(
                command.line(java.util.Objects.requireNonNull(vite), output.colours()),
                command.directory(),
                environment);
        ApplicationJvm started = new ApplicationJvm(process, lines, new ApplicationJvm.Listener() {
            @Override
            public void wants(ApplicationPort.Address address) {
                openPort(address);
            }

            @Override
            public void listens(int number) {
                ready(number);
            }
        });
        jvm = started;
        started.result().whenComplete((result, error) -> ended(started, result));
    }

    private synchronized void openPort(ApplicationPort.Address address) {
        if (closed || port != null) return;
        try {
            port = ApplicationPort.open(address);
        } catch (UserFailure e) {
            fail(e);
        }
    }

    private synchronized void ready(int number) {
        ApplicationPort open = port;
        if (open == null) return;
        open.listens(number);
        try {
            output.say("Listening on " + open.url());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void ended(ApplicationJvm which, ChildProcess.@Nullable Result result) {
        // it was replaced, or Maven ends
        if (closed || jvm != which || result == null) return;
        jvm = null;
        String reason = "The application has ended with exit code " + result.exitCode();
        output.warn(reason + "; it starts again when its classes change");
        if (port != null)
            port.failed(FailurePage.of(
                    reason + ". It starts again when its classes change.", ApplicationJvm.lastLines(result)));
    }

    private void fail(UserFailure why) {
        failure = why;
        failed.run();
    }

    /** Restarts the application if its classes have changed. Returns false after it was closed. */
    private synchronized boolean check() throws IOException, InterruptedException {
        if (closed) return false;
        ClassPath.Snapshot now = command.classPath().snapshot();
        if (now.stamp().equals(loaded.stamp())) return true;
        if (!now.stamp().equals(changed)) {
            changed = now.stamp();
            changedAt = System.nanoTime();
            return true;
        }
        long rest = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - changedAt);
        if (rest < (now.hasAll(loaded) ? REST_MILLIS : REMOVED_MILLIS)) return true;
        if (!hasMainClass()) {
            if (!toldMissing && jvm != null)
                output.warn("The compiler has removed " + command.mainClass()
                        + "; the application keeps running with its old classes until it is written again");
            toldMissing = true;
            return true;
        }
        output.say("Classes have changed; restarting the application");
        ApplicationJvm running = jvm;
        jvm = null;
        if (port != null) {
            port.starts();
            // a database may close as soon as the JVM is told to exit
            port.drain();
        }
        if (running != null) running.close();
        launch();
        return true;
    }

    /** A compiler that fails leaves no classes; a main class in a jar cannot be missing. */
    private boolean hasMainClass() {
        boolean folders = false;
        for (Path entry : command.classPath().entries()) {
            if (Files.isRegularFile(command.mainFile(entry))) return true;
            if (Files.isDirectory(entry)
                    && loaded.files().contains(command.mainFile(entry).toString())) folders = true;
        }
        return !folders;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (jvm != null) jvm.close();
        jvm = null;
        if (port != null) port.close();
    }
}
