package dev.kitbridge.it.parity;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that a test starts and stops. */
final class Served implements AutoCloseable {

    private static final Pattern LISTENING = Pattern.compile("Listening on http://[^\\n]*:(\\d+)");

    private final Process process;
    private final int port;

    private Served(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a server on a free port, and waits until it listens. */
    static Served start(List<String> command, Map<String, String> environment, File log)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
        builder.environment().putAll(Map.of("HOST", "127.0.0.1", "PORT", "0"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            for (int i = 0; i < 1200; i++) {
                Matcher match = LISTENING.matcher(Files.readString(log.toPath()));
                if (match.find()) return new Served(process, Integer.parseInt(match.group(1)));
                if (process.waitFor(50, TimeUnit.MILLISECONDS)) break;
            }
            throw new IOException(command + " does not listen:\n" + Files.readString(log.toPath()));
        } catch (IOException | InterruptedException | RuntimeException e) {
            end(process);
            throw e;
        }
    }

    int port() {
        return port;
    }

    /** Waits for the server to exit, and returns whether it did. */
    boolean hasCrashed() throws InterruptedException {
        return process.waitFor(20, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        end(process);
    }

    private static void end(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
