package dev.kitbridge.maven.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A child process whose output is read line by line. It ends when Maven ends: its standard input is a pipe that closes
 * with Maven's process (which the bridge watches), and a shutdown hook ends it with all its descendants.
 *
 * @param command program and arguments
 * @param directory where it runs
 * @param environment added to Maven's own
 */
public record Child(List<String> command, Path directory, Map<String, String> environment) {

    private static final int TAIL_LINES = 40;

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

        private Running(String program, Process process) {
            this.program = program;
            this.process = process;
            this.hook = new Thread(() -> end(process), "kitbridge-end-child");
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
            try {
                Deque<String> tail = new ArrayDeque<>();
                Thread out = reader(process.getInputStream(), false, lines, tail);
                Thread err = reader(process.getErrorStream(), true, lines, tail);
                long start = System.nanoTime();
                while (!process.waitFor(10, TimeUnit.SECONDS)) {
                    heartbeat.stillRunning(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
                }
                out.join();
                err.join();
                return new Result(process.exitValue(), new ArrayList<>(tail));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while running " + program, e);
            }
        }

        @Override
        public void close() {
            if (process.isAlive()) end(process);
            removeHook(hook);
        }
    }

    private static Thread reader(InputStream in, boolean error, Lines lines, Deque<String> tail) {
        Thread thread = new Thread(
                () -> {
                    try (BufferedReader reader =
                            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                            synchronized (tail) {
                                if (tail.size() == TAIL_LINES) tail.removeFirst();
                                tail.addLast(line);
                                lines.line(line, error);
                            }
                        }
                    } catch (IOException e) {
                        // the pipe of a process that was ended
                    }
                },
                "kitbridge-child-output");
        thread.setDaemon(true);
        thread.start();
        return thread;
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
