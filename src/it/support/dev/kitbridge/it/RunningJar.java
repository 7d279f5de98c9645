package dev.kitbridge.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** A running jar of an app, with its output. Closing it ends all processes that it started. */
public final class RunningJar implements AutoCloseable {

    /** A generous timeout: it only ends a test that is broken. */
    private static final Duration BOUND = Duration.ofMinutes(3);

    private final Process process;
    private final ConcurrentLinkedQueue<String> output = new ConcurrentLinkedQueue<>();
    private final Thread reader;

    private RunningJar(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "output of a jar");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a jar without waiting for it.
     *
     * @param limits commands that the shell runs first, {@code ulimit -f 100} for example, or an empty text
     */
    public static RunningJar start(Object jar, String limits, Map<String, String> environment) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java, "-Xmx256m", "-jar", jar.toString()));
        if (!limits.isEmpty()) {
            command.addAll(0, List.of("sh", "-c", limits + "; exec \"$@\"", "sh"));
        }
        return start(command, environment);
    }

    /** Starts another program, which reports its address as a jar does, without waiting for it. */
    public static RunningJar start(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return new RunningJar(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) output.add(line);
        } catch (IOException e) {
            output.add("(its output broke off: " + e.getMessage() + ")");
        }
    }

    /** Waits for the port. */
    public int port() {
        String line = awaitOutput("Listening on ");
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1).replaceAll("\\D.*", ""));
    }

    /** Waits for a line that contains a text. */
    public String awaitOutput(String text) {
        List<String> found = new ArrayList<>();
        await("'" + text + "' is said", () -> {
            output.stream().filter(line -> line.contains(text)).findFirst().ifPresent(found::add);
            return !found.isEmpty();
        });
        return found.get(0);
    }

    /** Waits for an event; fails after the timeout. */
    public void await(String what, BooleanSupplier happened) {
        long end = System.nanoTime() + BOUND.toNanos();
        try {
            while (!happened.getAsBoolean()) {
                if (System.nanoTime() - end > 0)
                    throw new AssertionError("waited in vain until " + what + ":\n" + output());
                Thread.sleep(5);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public String output() {
        return output.stream().collect(Collectors.joining("\n"));
    }

    public Process process() {
        return process;
    }

    public int exitCode() {
        try {
            if (!process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS))
                throw new AssertionError("it goes on:\n" + output());
            reader.join(BOUND.toMillis());
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Ends the jar, and workers that are still running. */
    @Override
    public void close() {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        exitCode();
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
