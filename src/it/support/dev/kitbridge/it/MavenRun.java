package dev.kitbridge.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A Maven process that a script starts and controls as a user does. */
public final class MavenRun implements AutoCloseable {

    /** A generous timeout: it only ends a test that is broken. */
    private static final Duration BOUND = Duration.ofMinutes(10);

    private final Process process;
    private final File log;

    private MavenRun(Process process, File log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts the Maven that runs the integration tests, with the settings and the local repository of the invoker
     * plugin.
     *
     * @param settings the file with {@code @localRepositoryUrl@}, which stands for {@code machineRepository}
     */
    public static MavenRun start(
            File folder, File log, File settings, Object machineRepository, Object localRepository, String... goals) {
        List<String> command = new ArrayList<>(command(folder, settings, machineRepository, localRepository));
        command.addAll(List.of(goals));
        return start(folder, log, command);
    }

    /**
     * Starts a shell in which {@code mvn} is that Maven, with these settings and this repository.
     *
     * @param lines commands; the shell stops at the first failure
     */
    public static MavenRun shell(
            File folder, File log, File settings, Object machineRepository, Object localRepository, String lines) {
        List<String> maven = command(folder, settings, machineRepository, localRepository);
        String function = "mvn() { '" + String.join("' '", maven) + "' \"$@\"; }\n";
        return start(folder, log, List.of("sh", "-e", "-c", function + lines));
    }

    private static List<String> command(File folder, File settings, Object machineRepository, Object localRepository) {
        try {
            Path own = folder.toPath().resolve("target").resolve("settings-of-run.xml");
            Files.createDirectories(own.getParent());
            String url = Path.of(machineRepository.toString()).toUri().toString();
            Files.writeString(own, Files.readString(settings.toPath()).replace("@localRepositoryUrl@", url));
            return List.of(
                    Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                    "--batch-mode",
                    "--settings=" + own,
                    "-Dmaven.repo.local=" + localRepository);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MavenRun start(File folder, File log, List<String> command) {
        try {
            return new MavenRun(
                    new ProcessBuilder(command)
                            .directory(folder)
                            .redirectErrorStream(true)
                            .redirectOutput(log)
                            .start(),
                    log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for an event; fails if Maven ends first. */
    public void await(String what, BooleanSupplier happened) throws InterruptedException {
        Instant end = Instant.now().plus(BOUND);
        while (!happened.getAsBoolean()) {
            if (!process.isAlive()) throw new AssertionError("Maven ended before " + what + "; see " + log);
            if (Instant.now().isAfter(end)) throw new AssertionError("waited in vain until " + what + "; see " + log);
            Thread.sleep(20);
        }
    }

    /** Ends Maven as Ctrl-C or {@code kill -9} does, and waits until the process has ended. */
    public void end(boolean forcibly) throws InterruptedException {
        if (forcibly) process.destroyForcibly();
        else process.destroy();
        if (!process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)) throw new AssertionError("Maven does not end");
    }

    /** Returns the processes that Maven has started, which must end with it. */
    public List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /** Waits until a process ends by itself. */
    public static void awaitEnd(ProcessHandle child) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(120);
        while (child.isAlive()) {
            if (Instant.now().isAfter(end)) {
                child.destroyForcibly();
                throw new AssertionError("process " + child.pid() + " outlives Maven");
            }
            Thread.sleep(20);
        }
    }

    /** Waits until Maven ends, and returns its exit code. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)) throw new AssertionError("Maven does not end");
        return process.exitValue();
    }

    /** Kills Maven and its processes. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
