package dev.kitbridge.server.workers;

import dev.kitbridge.server.link.Rendezvous;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of the operating system, its output and the socket that it connects to. */
final class WorkerProcess implements Child {

    /** Takes a line that the process wrote. */
    @FunctionalInterface
    interface Output {
        void line(String line, boolean error);
    }

    /** How much of what it said last is told when it ends. */
    private static final int LAST_LINES = 20;

    /** A line that is longer is given in parts. */
    private static final int LONGEST_LINE = 16 * 1024;

    private final Process process;
    private final Rendezvous rendezvous;
    private final Output output;
    private final Deque<String> last = new ArrayDeque<>();
    private final List<Thread> readers = new ArrayList<>();

    WorkerProcess(Process process, Rendezvous rendezvous, Output output) {
        this.process = process;
        this.rendezvous = rendezvous;
        this.output = output;
        read(process.getInputStream(), false);
        read(process.getErrorStream(), true);
        process.onExit().thenRun(rendezvous::close);
    }

    private void read(InputStream stream, boolean error) {
        Thread thread = new Thread(
                () -> {
                    try (BufferedReader text =
                            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                        lines(text, error);
                    } catch (IOException e) {
                        // the process has ended
                    }
                },
                Thread.currentThread().getName() + (error ? "-err" : "-out"));
        thread.setDaemon(true);
        thread.start();
        readers.add(thread);
    }

    private void lines(BufferedReader text, boolean error) throws IOException {
        StringBuilder line = new StringBuilder();
        int c;
        while ((c = text.read()) >= 0) {
            if (c == '\r') continue;
            if (c != '\n') line.append((char) c);
            if (c == '\n' || line.length() >= LONGEST_LINE) give(line, error);
        }
        if (!line.isEmpty()) give(line, error);
    }

    private void give(StringBuilder buffer, boolean error) {
        String line = buffer.toString();
        buffer.setLength(0);
        if (error) remember(line);
        try {
            output.line(line, error);
        } catch (RuntimeException e) {
            // a process whose output nobody takes would stand still
            remember("(its output could not be logged: " + e + ")");
        }
    }

    private void remember(String line) {
        synchronized (last) {
            if (last.size() == LAST_LINES) last.removeFirst();
            last.addLast(line);
        }
    }

    @Override
    public SocketChannel connect() throws IOException {
        try {
            return rendezvous.await();
        } catch (ClosedChannelException e) {
            throw new IOException(ended(Duration.ofSeconds(1)), e);
        }
    }

    @Override
    public String ended(Duration patience) {
        String late = "";
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                late = " after it was killed, " + patience.toSeconds() + " s after it should have ended";
                process.destroyForcibly().waitFor();
            }
            // a process of its own that it leaves behind may hold its output open
            for (Thread reader : readers) reader.join(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "ended with " + (process.isAlive() ? "no exit code" : "exit code " + process.exitValue()) + late
                + tail();
    }

    private String tail() {
        synchronized (last) {
            return last.isEmpty() ? "" : "; the last that it said:\n  " + String.join("\n  ", last);
        }
    }

    @Override
    public void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        rendezvous.close();
        process.destroyForcibly();
    }
}
