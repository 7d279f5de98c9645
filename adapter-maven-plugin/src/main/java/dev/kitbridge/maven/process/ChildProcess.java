package dev.kitbridge.maven.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A child process whose output is read line by line. It ends when Maven ends: its standard input is a pipe that closes
 * with Maven's process (which the bridge watches), and a shutdown hook ends it with all its descendants.
 *
 * @param command program and arguments
 * @param directory where it runs
 * @param environment added to Maven's own
 */
public record ChildProcess(List<String> command, Path directory, Map<String, String> environment) {

    /** Begins a line of ours in the output that a child shares with the code it runs. */
    public static final char MARK = '\u001e';

    /** Takes a line of output. */
    @FunctionalInterface
    public interface Lines {

        /** A line, and whether it was written to standard error. */
        void line(String text, boolean error);
    }

    /** Told that a step still runs. */
    @FunctionalInterface
    public interface Heartbeat {

        /** Called with the time that it has been running. */
        void stillRunning(long seconds);
    }

    /**
     * How a child ended.
     *
     * @param exitCode 0 if it succeeded
     * @param tail the last lines that it wrote
     */
    public record Result(int exitCode, List<String> tail) {

        /** Whether the exit code is 0. */
        public boolean succeeded() {
            return exitCode == 0;
        }

        /** All that was written, for short outputs. */
        public String text() {
            return String.join("\n", tail);
        }
    }

    /** Runs the child to its end and keeps its output to itself. */
    public Result run() throws IOException {
        return run((text, error) -> {}, seconds -> {});
    }

    /**
     * Runs the child to its end.
     *
     * @param lines called by two threads, one at a time
     * @param heartbeat called every ten seconds
     * @throws IOException if the program cannot be started
     */
    public Result run(Lines lines, Heartbeat heartbeat) throws IOException {
        try (Running running = start()) {
            return running.await(lines, heartbeat);
        }
    }

    /**
     * Starts the child.
     *
     * @throws IOException if the program cannot be started
     */
    public Running start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().putAll(environment);
        return new Running(command.get(0), builder.start());
    }

    /** A child that was started. To close it ends it. */
    public static final class Running implements AutoCloseable {

        private final String program;
        private final Process process;
        private final Thread hook;
        private @Nullable OutputReader output;
        private volatile boolean endsWithMaven;

        private Running(String program, Process process) {
            this.program = program;
            this.process = process;
            this.hook = new Thread(this::endWithMaven, "kitbridge-end-child");
            Runtime.getRuntime().addShutdownHook(hook);
        }

        /** Gives it a line to read; what became of a child that takes none, its exit code says. */
        public void tell(String line) {
            try {
                process.getOutputStream().write((line + '\n').getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().flush();
            } catch (IOException e) {
                // it has ended
            }
        }

        /**
         * Waits for its end.
         *
         * @param lines called by two threads, one at a time
         * @param heartbeat called every ten seconds
         */
        public Result await(Lines lines, Heartbeat heartbeat) throws IOException {
            await(lines, heartbeat, null);
            OutputReader read = Objects.requireNonNull(output);
            return new Result(process.exitValue(), read.tail());
        }

        /**
         * Waits until it writes a certain line, or ends. What it writes after that line waits for the next call.
         *
         * @param last the line
         * @param lines called by two threads, one at a time, with all lines before
         * @param heartbeat called every ten seconds
         * @return whether it wrote the line
         */
        public boolean awaitLine(String last, Lines lines, Heartbeat heartbeat) throws IOException {
            return await(lines, heartbeat, last);
        }

        private boolean await(Lines lines, Heartbeat heartbeat, @Nullable String last) throws IOException {
            if (output == null) output = new OutputReader(process);
            OutputReader reading = output;
            CompletableFuture<Boolean> done = reading.to(lines, last);
            long start = System.nanoTime();
            try {
                while (true) {
                    try {
                        boolean goesOn = done.get(10, TimeUnit.SECONDS);
                        // it is no failure of the child's, and nobody is left to hear of it
                        if (endsWithMaven) Thread.currentThread().join();
                        return goesOn;
                    } catch (TimeoutException e) {
                        heartbeat.stillRunning(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while running " + program, e);
            } catch (ExecutionException e) {
                throw new IOException(program + " could not be waited for", e);
            }
        }

        private void endWithMaven() {
            endsWithMaven = true;
            end(process);
        }

        @Override
        public void close() {
            if (process.isAlive()) end(process);
            if (output != null) output.release();
            removeHook(hook);
        }
    }

    private static void end(Process process) {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroy();
        for (ProcessHandle descendant : descendants) descendant.destroy();
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        for (ProcessHandle descendant : descendants) descendant.destroyForcibly();
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is going down and the hook runs
        }
    }
}
