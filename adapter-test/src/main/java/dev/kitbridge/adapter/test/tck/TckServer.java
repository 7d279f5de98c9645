package dev.kitbridge.adapter.test.tck;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A server under test: one that runs, or a command that starts it. */
public final class TckServer {

    /** A start may compile or unpack the app. */
    private static final int SECONDS = 60;

    private static final String PORT = "{port}";
    private static final Pattern LISTENING = Pattern.compile("https?://[^\\s/]*:(\\d+)");

    private final @Nullable Endpoint endpoint;
    private final List<String> command;
    private final Map<String, String> environment = new HashMap<>();

    private TckServer(@Nullable Endpoint endpoint, List<String> command) {
        this.endpoint = endpoint;
        this.command = command;
    }

    /**
     * Names a server that runs.
     *
     * @param url scheme, host and port: {@code http://127.0.0.1:3000}
     * @return the server
     * @throws IllegalArgumentException if the URL has a path, or is not one of a server
     */
    public static TckServer at(URI url) {
        return new TckServer(Endpoint.of(url), List.of());
    }

    /**
     * Names a command that starts a server on 127.0.0.1, and is stopped after the suite. A server that cannot choose a
     * port gets one in place of <code>{port}</code> in an argument. Any other one finds {@code 0} in the variable
     * {@code PORT}, listens at a free port, and prints its URL with the port.
     *
     * @param command the program and its arguments
     * @return the server
     */
    public static TckServer command(List<String> command) {
        return new TckServer(null, List.copyOf(command));
    }

    /**
     * Adds an environment variable of the command.
     *
     * @param name the variable
     * @param value its value
     * @return this
     */
    public TckServer with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /**
     * Starts the server, unless it runs, and waits until it listens.
     *
     * @param more further environment variables
     * @param log receives the output of the command
     */
    Running start(Map<String, String> more, Path log) throws IOException, InterruptedException {
        if (endpoint != null) return new Running(endpoint, null);
        int port = command.stream().anyMatch(word -> word.contains(PORT)) ? freePort() : 0;
        List<String> words = command.stream()
                .map(word -> word.replace(PORT, String.valueOf(port)))
                .toList();
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(new File(isWindows() ? "NUL" : "/dev/null")));
        builder.environment().putAll(Map.of("HOST", "127.0.0.1", "PORT", String.valueOf(port)));
        builder.environment().putAll(more);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            for (int i = 0; i < SECONDS * 20; i++) {
                int listening = port == 0 ? printedPort(log) : isOpen(port) ? port : 0;
                if (listening != 0) return new Running(new Endpoint("127.0.0.1", listening, false), process);
                if (process.waitFor(50, TimeUnit.MILLISECONDS)) break;
            }
            String end = process.isAlive()
                    ? "does not listen after " + SECONDS + " s"
                    : "ended with exit code " + process.exitValue();
            throw new IOException(String.join(" ", command) + " " + end + ":\n" + Files.readString(log));
        } catch (IOException | InterruptedException | RuntimeException e) {
            stop(process);
            throw e;
        }
    }

    private static int printedPort(Path log) throws IOException {
        Matcher match = LISTENING.matcher(Files.readString(log));
        return match.find() ? Integer.parseInt(match.group(1)) : 0;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }

    private static void stop(Process process) {
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

    /**
     * A server that listens.
     *
     * @param process null if the suite did not start it
     */
    record Running(Endpoint endpoint, @Nullable Process process) implements AutoCloseable {

        @Override
        public void close() {
            if (process != null) stop(process);
        }
    }
}
