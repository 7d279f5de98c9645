package dev.kitbridge.maven.services;

import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.process.ProcessLog;
import dev.kitbridge.maven.process.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs a module's services in a separate JVM, which the first call starts. When classes change, a new JVM replaces it.
 * The old services answer until the changed classes are loaded, and remain if the classes cannot be loaded.
 */
public final class ServiceProcess implements JavaServices {

    private static final String MAIN = "dev.kitbridge.services.ServiceHost";

    /** Timeout of the start, long enough for a module that opens a database. */
    private static final long PATIENCE_SECONDS = 120;

    /** Pause between two checks of the classes. */
    private static final long PAUSE_MILLIS = 250;

    /** Pause between two checks while a call waits. */
    private static final long WAITING_MILLIS = 30;

    /** Classes count as complete if none has changed for this time: a compiler writes one after the other. */
    private static final long REST_MILLIS = 150;

    /**
     * The same time after classes were removed: Maven's compiler removes all classes and may pause before it has
     * written them again.
     */
    private static final long REMOVED_MILLIS = 2_000;

    /** Time after which the log reports classes that a compiler has removed. */
    private static final long COMPILER_MILLIS = 3_000;

    private final ClassPath classPath;
    private final List<String> interfaces;
    private final List<String> command;
    private final Path directory;
    private final ProcessLog output;
    private final Path folder;
    private final String secret;

    private int started;
    private volatile boolean closed;

    /** The JVM that answers calls. */
    private @Nullable ServiceJvm current;

    /** The JVM that loads changed classes, and will replace the current one. */
    private @Nullable ServiceJvm next;

    /** The classes that the last JVM was started with. */
    private ClassPath.Snapshot loaded = new ClassPath.Snapshot("", Set.of());

    /** Class files, and names of implementations, that the last JVM was started with. */
    private Set<Path> needed = Set.of();

    /** The last stamp that differs, and the {@link System#nanoTime} at which it was first seen. */
    private String changed = "";

    private long changedAt;

    /** Whether missing classes were reported. */
    private boolean toldMissing;

    /**
     * Prepares the services without starting them.
     *
     * @param interfaces names of the services' interfaces
     * @param jvm arguments for the JVM
     * @param directory its working directory
     * @param output Maven's log
     */
    public ServiceProcess(
            ClassPath classPath, List<String> interfaces, List<String> jvm, Path directory, ProcessLog output)
            throws IOException {
        this(classPath, interfaces, jvm, MAIN, interfaces, directory, output);
    }

    /**
     * Prepares an application that offers its services itself.
     *
     * @param jvm arguments for the JVM
     * @param main its main class
     * @param arguments of the main class
     * @param directory its working directory
     * @param output Maven's log
     */
    public static ServiceProcess ofApplication(
            ClassPath classPath,
            List<String> jvm,
            String main,
            List<String> arguments,
            Path directory,
            ProcessLog output)
            throws IOException {
        return new ServiceProcess(classPath, List.of(), jvm, main, arguments, directory, output);
    }

    private ServiceProcess(
            ClassPath classPath,
            List<String> interfaces,
            List<String> jvm,
            String main,
            List<String> arguments,
            Path directory,
            ProcessLog output)
            throws IOException {
        this.classPath = classPath;
        this.interfaces = interfaces;
        this.directory = directory;
        this.output = output;
        this.secret = Secret.random();
        this.folder = Files.createTempDirectory("kitbridge-services");
        // if Maven is interrupted; the JVM deletes in reverse order
        folder.toFile().deleteOnExit();
        this.command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // a short-lived JVM that starts often
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // its output is read as UTF-8 in any locale; Java 17 uses the first property for its output
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8"));
        command.addAll(jvm);
        command.addAll(List.of("-cp", classPath.text(), main));
        command.addAll(arguments);
    }

    @Override
    public String identity() throws IOException {
        return classPath.snapshot().stamp();
    }

    @Override
    public Address address() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (System.nanoTime() < end) {
                CompletableFuture<Address> ready = update(true);
                if (ready != null) return ready.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                Thread.sleep(WAITING_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserFailure("Interrupted while waiting for the module's services", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UserFailure failure) throw failure;
            throw new UserFailure("The module's services could not be started: " + e.getCause(), e);
        } catch (TimeoutException e) {
            // reported below
        }
        throw new UserFailure("The module's services are not ready after " + PATIENCE_SECONDS + " s; check their log");
    }

    /** Starts the services, and replaces them when classes change. */
    public void watch() {
        Thread thread = new Thread(this::poll, "kitbridge-watch-classes");
        thread.setDaemon(true);
        thread.start();
    }

    private void poll() {
        update(true);
        try {
            while (!closed) {
                Thread.sleep(PAUSE_MILLIS);
                update(false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Starts or replaces the services if necessary, without waiting.
     *
     * @param wanted whether to start services that are not running
     * @return the services to call; null if a replacement may follow
     */
    private synchronized @Nullable CompletableFuture<Address> update(boolean wanted) {
        try {
            ServiceJvm running = current;
            if (closed || (running == null && !wanted)) return null;
            if (running == null) return first().ready();
            if (next != null) return replace(running, next);
            ClassPath.Snapshot now = classPath.snapshot();
            if (running.isLost()) {
                output.say("The module's services have exited; restarting them");
                running.close();
                return first().ready();
            }
            return now.stamp().equals(loaded.stamp()) ? running.ready() : changed(running, now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts services for the first time. */
    private ServiceJvm first() throws IOException {
        loaded = classPath.snapshot();
        ServiceJvm jvm = start();
        jvm.create();
        current = jvm;
        needed = classPath.needed(interfaces);
        return jvm;
    }

    private @Nullable CompletableFuture<Address> changed(ServiceJvm running, ClassPath.Snapshot now)
            throws IOException {
        if (!now.stamp().equals(changed)) {
            changed = now.stamp();
            changedAt = System.nanoTime();
        }
        long rest = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - changedAt);
        Path missing = classPath.missing(interfaces, needed);
        if (missing != null) {
            if (rest >= COMPILER_MILLIS && !toldMissing) {
                output.warn("The compiler has removed " + missing
                        + "; the module's services keep running with their old classes until it is written again");
                toldMissing = true;
            }
            return running.ready();
        }
        // some classes were written again, or others were removed
        if (rest < REMOVED_MILLIS && !now.hasAll(loaded)) return running.ready();
        if (rest < REST_MILLIS) return null;
        loaded = now;
        toldMissing = false;
        next = start();
        return null;
    }

    /** Switches calls to the changed services when their classes are loaded. */
    private @Nullable CompletableFuture<Address> replace(ServiceJvm running, ServiceJvm loading) throws IOException {
        if (!loading.loaded().isDone()) return null;
        next = null;
        try {
            loading.loaded().join();
        } catch (CompletionException e) {
            loading.close();
            if (e.getCause() instanceof UserFailure why) {
                output.warn(why.getMessage() + "; the services keep running with their old classes");
                return running.ready();
            }
            // the JVM itself did not start: a debugger port, for example, can be bound once only
            running.close();
            return first().ready();
        }
        output.say("Classes have changed; restarting the module's services");
        running.close();
        current = loading;
        loading.create();
        needed = classPath.needed(interfaces);
        return loading.ready();
    }

    private ServiceJvm start() throws IOException {
        Path socket = folder.resolve(String.valueOf(++started));
        socket.toFile().deleteOnExit();
        return new ServiceJvm(command, directory, socket, secret, output);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (next != null) next.close();
        if (current != null) current.close();
        next = null;
        current = null;
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            output.warn(folder + " could not be deleted: " + e.getMessage());
        }
    }
}
