package dev.kitbridge.maven.services;

import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.process.Child;
import dev.kitbridge.maven.process.Secret;
import dev.kitbridge.maven.vite.BuildOutput;
import dev.kitbridge.maven.vite.JavaServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A JVM with a module's services, started when somebody asks for it for the first time. When classes change it is
 * replaced by another at the same address; who asks meanwhile waits.
 */
public final class ServiceProcess implements JavaServices, AutoCloseable {

    private static final String MAIN = "dev.kitbridge.server.services.ServiceHost";
    private static final String READY = Child.MARK + "Services on ";

    /** For a module that opens a database, say. */
    private static final long PATIENCE_SECONDS = 120;

    private static final long PAUSE_MILLIS = 250;
    private static final long REST_MILLIS = 150;

    /** How long a compiler that began with removing classes may take to write them again. */
    private static final long COMPILER_MILLIS = 10_000;

    private final ClassPath classPath;
    private final List<String> interfaces;
    private final List<String> arguments;
    private final Path directory;
    private final BuildOutput output;
    private final Path folder;
    private final String secret;

    private @Nullable Start current;
    private volatile boolean closed;

    /** The stamp of what runs, or is about to. */
    private String stamp = "";

    /** Files that it was started from. */
    private Set<Path> needed = Set.of();

    /** One JVM, from its start to its end. */
    private record Start(Child.Running process, CompletableFuture<Address> ready, CompletableFuture<?> ended) {

        /** What never was ready would not be the next time either. */
        boolean isLost() {
            return ended.isDone() && !ready.isCompletedExceptionally();
        }
    }

    /**
     * Starts nothing yet.
     *
     * @param interfaces names of the services' interfaces
     * @param jvm arguments for the JVM
     * @param directory where it runs
     * @param output takes what it says
     */
    public ServiceProcess(
            ClassPath classPath, List<String> interfaces, List<String> jvm, Path directory, BuildOutput output)
            throws IOException {
        this.classPath = classPath;
        this.interfaces = interfaces;
        this.directory = directory;
        this.output = output;
        this.secret = Secret.random();
        this.folder = Files.createTempDirectory("kitbridge-services");
        // for a Maven that is ended; the last is deleted first
        folder.toFile().deleteOnExit();
        folder.resolve("socket").toFile().deleteOnExit();
        this.arguments = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // it lives briefly, and starts often
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // what it writes is read as UTF-8, whatever the locale is; Java 17 takes the first for its output
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8"));
        arguments.addAll(jvm);
        arguments.addAll(List.of("-cp", classPath.text(), MAIN));
        arguments.addAll(interfaces);
    }

    @Override
    public String identity() throws IOException {
        return classPath.stamp();
    }

    @Override
    public Address address() {
        try {
            return look(true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserFailure("The module's services were not waited for", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UserFailure failure) throw failure;
            throw new UserFailure("The module's services could not be started: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new UserFailure(
                    "The module's services are not ready after " + PATIENCE_SECONDS + " s; see what they log", e);
        }
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

    /** @param wanted whether to start them if they do not run */
    private synchronized CompletableFuture<Address> look(boolean wanted) {
        try {
            Start running = current;
            if (closed || (running == null && !wanted)) return new CompletableFuture<>();
            String now = classPath.stamp();
            boolean same = now.equals(stamp);
            if (running != null && same && !running.isLost()) return running.ready();
            if (running != null) {
                output.say(
                        same
                                ? "The module's services have ended, and start again"
                                : "Classes have changed: the module's services start again");
                long seen = System.nanoTime();
                running.process().close();
                now = settled(now, seen);
            }
            Start next = start();
            current = next;
            stamp = now;
            // what is away for good is waited for once
            needed = classPath.needed(interfaces);
            return next.ready();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A compiler writes one class after the other, Maven's removes them all before: waits until it rests.
     *
     * @param first the stamp before
     * @param time when it was seen, by {@link System#nanoTime}
     */
    private String settled(String first, long time) throws IOException {
        String before = first;
        long seen = time;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(COMPILER_MILLIS);
        try {
            while (true) {
                long left = REST_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - seen);
                if (left > 0) Thread.sleep(left);
                String now = classPath.stamp();
                boolean complete = needed.stream().allMatch(Files::isRegularFile) || System.nanoTime() > end;
                if (complete && now.equals(before)) return now;
                before = now;
                seen = System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return before;
        }
    }

    private Start start() throws IOException {
        Path socket = folder.resolve("socket");
        Files.deleteIfExists(socket);
        Map<String, String> environment =
                Map.of("KITBRIDGE_SERVICES", socket.toString(), "KITBRIDGE_SERVICES_SECRET", secret);
        Child.Running process = new Child(arguments, directory, environment).start();
        CompletableFuture<Address> ready = new CompletableFuture<>();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread reader = new Thread(() -> follow(process, ready, ended), "kitbridge-services");
        reader.setDaemon(true);
        reader.start();
        return new Start(process, ready, ended);
    }

    private void follow(Child.Running process, CompletableFuture<Address> ready, CompletableFuture<Void> ended) {
        try {
            Child.Result result = process.await((text, error) -> line(text, ready), seconds -> {});
            ready.completeExceptionally(new UserFailure("The module's services ended with exit code "
                    + result.exitCode() + "; their last lines:\n  " + String.join("\n  ", result.tail())));
        } catch (IOException | RuntimeException e) {
            ready.completeExceptionally(e);
        } finally {
            ended.complete(null);
        }
    }

    private void line(String text, CompletableFuture<Address> ready) {
        if (ready.isDone() || !text.startsWith(READY)) {
            output.say(text);
            return;
        }
        int end = text.lastIndexOf(": ");
        output.say("Services: " + text.substring(end + 2));
        ready.complete(new Address(text.substring(READY.length(), end), secret));
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (current != null) current.process().close();
        current = null;
        try {
            Files.deleteIfExists(folder.resolve("socket"));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            output.warn(folder + " could not be deleted: " + e.getMessage());
        }
    }
}
