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
 * A module's services in a JVM of their own, started by the first call. When classes change, another JVM replaces it:
 * the services of before go on until the changed classes are loaded, and for good if those cannot be loaded.
 */
public final class ServiceProcess implements JavaServices, AutoCloseable {

    private static final String MAIN = "dev.kitbridge.server.services.ServiceHost";

    /** For a module that opens a database, say. */
    private static final long PATIENCE_SECONDS = 120;

    /** Pause between two looks at the classes. */
    private static final long PAUSE_MILLIS = 250;

    /** Pause between two looks of a call that waits. */
    private static final long WAITING_MILLIS = 30;

    /** A compiler writes one class after the other: they are complete when none has changed for so long. */
    private static final long REST_MILLIS = 150;

    /** Maven's compiler removes all classes before it writes them again: not all are back if it pauses for less. */
    private static final long REMOVED_MILLIS = 2_000;

    /** So long after a compiler has removed classes, the log says so. */
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

    /** The JVM that is called. */
    private @Nullable ServiceJvm current;

    /** The JVM that loads changed classes, to replace it. */
    private @Nullable ServiceJvm next;

    /** The classes that the last JVM was started with. */
    private ClassPath.Snapshot loaded = new ClassPath.Snapshot("", Set.of());

    /** Class files, and names of implementations, that the last JVM was started with. */
    private Set<Path> needed = Set.of();

    /** The last stamp that differs, and when it was first seen, by {@link System#nanoTime}. */
    private String changed = "";

    private long changedAt;

    /** Whether the log was told that classes are missing. */
    private boolean toldMissing;

    /**
     * Starts nothing yet.
     *
     * @param interfaces names of the services' interfaces
     * @param jvm arguments for the JVM
     * @param directory where it runs
     * @param output takes what it logs
     */
    public ServiceProcess(
            ClassPath classPath, List<String> interfaces, List<String> jvm, Path directory, ProcessLog output)
            throws IOException {
        this.classPath = classPath;
        this.interfaces = interfaces;
        this.directory = directory;
        this.output = output;
        this.secret = Secret.random();
        this.folder = Files.createTempDirectory("kitbridge-services");
        // for a Maven that is ended; the last is deleted first
        folder.toFile().deleteOnExit();
        this.command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // it lives briefly, and starts often
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // what it writes is read as UTF-8, whatever the locale is; Java 17 takes the first for its output
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8"));
        command.addAll(jvm);
        command.addAll(List.of("-cp", classPath.text(), MAIN));
        command.addAll(interfaces);
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
                CompletableFuture<Address> ready = look(true);
                if (ready != null) return ready.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                Thread.sleep(WAITING_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserFailure("The module's services were not waited for", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UserFailure failure) throw failure;
            throw new UserFailure("The module's services could not be started: " + e.getCause(), e);
        } catch (TimeoutException e) {
            // said below
        }
        throw new UserFailure(
                "The module's services are not ready after " + PATIENCE_SECONDS + " s; see what they log");
    }

    /** Starts them, and replaces them as soon as classes have changed. */
    public void watch() {
        Thread thread = new Thread(this::lookAgainAndAgain, "kitbridge-watch-classes");
        thread.setDaemon(true);
        thread.start();
    }

    private void lookAgainAndAgain() {
        look(true);
        try {
            while (!closed) {
                Thread.sleep(PAUSE_MILLIS);
                look(false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Starts and replaces what has to be, without waiting for any of it.
     *
     * @param wanted whether to start services that do not run
     * @return the services to call; null if that is not certain yet
     */
    private synchronized @Nullable CompletableFuture<Address> look(boolean wanted) {
        try {
            ServiceJvm running = current;
            if (closed || (running == null && !wanted)) return null;
            if (running == null) return first().ready();
            if (next != null) return replace(running, next);
            ClassPath.Snapshot now = classPath.snapshot();
            if (running.isLost()) {
                output.say("The module's services have ended, and start again");
                running.close();
                return first().ready();
            }
            return now.stamp().equals(loaded.stamp()) ? running.ready() : changed(running, now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts services that replace no others. */
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
                output.warn("The compiler has left no " + missing
                        + ": the module's services go on as they were before, until it is there again");
                toldMissing = true;
            }
            return running.ready();
        }
        // some classes are there again, or somebody has removed others
        if (rest < REMOVED_MILLIS && !now.hasAll(loaded)) return running.ready();
        if (rest < REST_MILLIS) return null;
        loaded = now;
        toldMissing = false;
        next = start();
        return null;
    }

    /** Calls go to the changed services as soon as their classes are loaded. */
    private @Nullable CompletableFuture<Address> replace(ServiceJvm running, ServiceJvm loading) throws IOException {
        if (!loading.loaded().isDone()) return null;
        next = null;
        try {
            loading.loaded().join();
        } catch (CompletionException e) {
            loading.close();
            if (e.getCause() instanceof UserFailure why) {
                output.warn(why.getMessage() + "; the services go on as they were before");
                return running.ready();
            }
            // the JVM itself did not start, as with the port of a debugger, which can be open once
            running.close();
            return first().ready();
        }
        output.say("Classes have changed: the module's services start again");
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
