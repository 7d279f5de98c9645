package dev.kitbridge.server.internal.workers;

import dev.kitbridge.server.internal.link.Rendezvous;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of the JavaScript runtime, its output, and the socket that it connects to. */
final class RuntimeProcess implements WorkerProcess {

    /** Receives each line that the process writes. */
    @FunctionalInterface
    interface Output {
        void line(String line, boolean error);
    }

    /** Limit of a line in characters. A longer line is passed on in parts, so that it cannot exhaust the memory. */
    private static final int MAX_LINE = 1 << 20;

    private static final System.Logger LOG = System.getLogger(RuntimeProcess.class.getName());

    private final Process process;
    private final Rendezvous rendezvous;
    private final StartOutput output;
    private final List<Thread> readers = new ArrayList<>();

    RuntimeProcess(Process process, Rendezvous rendezvous, StartOutput output) {
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
                        // the process has exited
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
            if (c != '\n') line.append((char) c);
            if (c == '\n' || line.length() >= MAX_LINE) emit(line, error);
        }
        if (!line.isEmpty()) emit(line, error);
    }

    private void emit(StringBuilder buffer, boolean error) {
        int end = buffer.length();
        if (end > 0 && buffer.charAt(end - 1) == '\r') end--;
        String line = buffer.substring(0, end);
        buffer.setLength(0);
        try {
            output.line(line, error);
        } catch (RuntimeException e) {
            // an exception would end the reading, and the process would block on a full pipe
            LOG.log(Level.WARNING, "A line of a worker's output could not be logged", e);
        }
    }

    @Override
    public SocketChannel connect() throws IOException {
        try {
            SocketChannel channel = rendezvous.await();
            output.started();
            return channel;
        } catch (ClosedChannelException e) {
            String how = awaitExit(Duration.ofSeconds(1)) + " before it was ready";
            throw new IOException(output.failed() ? how + ", with the same output as the previous start" : how, e);
        }
    }

    @Override
    public String awaitExit(Duration limit) {
        String late = "";
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                late = ", killed " + limit.toSeconds() + " s after it should have exited";
                process.destroyForcibly().waitFor();
            }
            // a child process that it started may keep its output open
            for (Thread reader : readers) reader.join(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return (process.isAlive() ? "exited" : "exited with code " + process.exitValue()) + late;
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
