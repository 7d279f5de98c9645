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
 * A child process whose output is read line by line. It ends with Maven: the bridge exits when its standard input
 * closes, and a shutdown hook ends every child with its descendants.
 *
 * @param command program and arguments
 * @param directory the working directory
 * @param environment variables to add to Maven's environment
 */
public record ChildProcess(List<String> command, Path directory, Map<String, String> environment) {

    /** Starts a line of Kitbridge in an output that also contains lines of the app. */
    public static final char MARK = '\u001e';

    /** Receives lines of output. */
    @FunctionalInterface
    public interface Lines {

        /** Called with a line, and whether it was written to standard error. */
        void line(String text, boolean error);
    }

    /** Called while a child runs. */
    @FunctionalInterface
    public interface Heartbeat {

        /** Called with the seconds since the start. */
        void stillRunning(long seconds);
    }

    /**
     * The result of a child.
     *
     * @param exitCode 0 after success
     * @param tail the last lines of output
     */
    public record Result(int exitCode, List<String> tail) {

        /** Returns whether the exit code is 0. */
        public boolean succeeded() {
            return exitCode == 0;
        }

        /** Returns the output; only the last lines of a long output. */
        public String text() {
            return String.join("\n", tail);
        }
    }

    /** Runs the child until it ends, without passing on its output. */
    public Result run() throws IOException {
        return run((text, error) -> {}, seconds -> {});
    }

    /**
     * Runs the child until it ends.
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

    /** A started child. Closing it ends the process. */
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

        /** Writes a line to standard input. A failure is ignored: the exit code shows that the child has ended. */
        public void tell(String line) {
            try {
                process.getOutputStream().write((line + '\n').getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().flush();
            } catch (IOException e) {
                // the child has ended
            }
        }

        /**
         * Waits until the child ends.
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
         * Waits until the child writes a certain line, or ends. Later output is kept for the next call.
         *
         * @param last the line
         * @param lines called by two threads, one at a time, with all lines before that line
         * @param heartbeat called every ten seconds
         * @return whether the child wrote the line
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
                        // not a failure of the child, and no caller is left to report it to
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
            // the JVM is shutting down, and the hook runs
        }
    }
}
