package dev.kitbridge.server.workers;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The operating system's side of a worker: the process, its output, the socket that it connects to. */
final class WorkerProcess implements Closeable {

    /** How much of what it said last is told when it ends. */
    private static final int LAST_LINES = 20;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Process process;
    private final ServerSocketChannel listener;
    private final String secret;
    private final Deque<String> last = new ArrayDeque<>();
    private final List<Thread> readers = new ArrayList<>();

    private WorkerProcess(Process process, ServerSocketChannel listener, String secret) {
        this.process = process;
        this.listener = listener;
        this.secret = secret;
    }

    static WorkerProcess start(Launch launch, int number) throws IOException {
        byte[] random = new byte[24];
        RANDOM.nextBytes(random);
        String secret = HexFormat.of().formatHex(random);
        ServerSocketChannel listener = listen(launch.sockets(), number);
        try {
            List<String> command = new ArrayList<>(launch.init().command());
            command.add(launch.entry().toString());
            ProcessBuilder builder = new ProcessBuilder(command);
            Map<String, String> environment = builder.environment();
            environment.clear();
            environment.putAll(launch.init().environment());
            environment.put("KITBRIDGE_LINK", address(listener.getLocalAddress()));
            environment.put("KITBRIDGE_SECRET", secret);
            environment.put("KITBRIDGE_BODY_LIMIT", String.valueOf(launch.init().bodyLimit()));
            WorkerProcess worker = new WorkerProcess(builder.start(), listener, secret);
            worker.read(launch, number, worker.process.getInputStream(), false);
            worker.read(launch, number, worker.process.getErrorStream(), true);
            worker.process.onExit().thenRun(worker::stopListening);
            return worker;
        } catch (IOException e) {
            listener.close();
            throw new IOException("could not be started: " + e.getMessage(), e);
        }
    }

    /** Where there are no Unix sockets, or the folder's name is too long for one, the secret alone protects. */
    private static ServerSocketChannel listen(Path sockets, int number) throws IOException {
        if (!System.getProperty("os.name").startsWith("Windows")) {
            Path path = sockets.resolve("w" + number);
            Files.deleteIfExists(path);
            ServerSocketChannel unix = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                return unix.bind(UnixDomainSocketAddress.of(path));
            } catch (IOException e) {
                unix.close();
            }
        }
        return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static String address(SocketAddress address) {
        if (address instanceof UnixDomainSocketAddress unix)
            return unix.getPath().toString();
        return String.valueOf(((InetSocketAddress) address).getPort());
    }

    private void read(Launch launch, int number, InputStream stream, boolean error) {
        Thread thread = new Thread(
                () -> {
                    try (BufferedReader lines =
                            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                            if (error) remember(line);
                            launch.init().output().line(number, line, error);
                        }
                    } catch (IOException e) {
                        // the process has ended
                    }
                },
                "kitbridge-worker-" + number + (error ? "-err" : "-out"));
        thread.setDaemon(true);
        thread.start();
        readers.add(thread);
    }

    private void remember(String line) {
        synchronized (last) {
            if (last.size() == LAST_LINES) last.removeFirst();
            last.addLast(line);
        }
    }

    private void stopListening() {
        try {
            listener.close();
        } catch (IOException e) {
            // nobody will connect any more
        }
    }

    /**
     * Waits until the worker has started the app and connects, or ends.
     *
     * @throws IOException if it ended; the message says why
     */
    SocketChannel connect() throws IOException {
        try {
            while (true) {
                SocketChannel channel = listener.accept();
                if (proves(channel)) {
                    stopListening();
                    return channel;
                }
                channel.close();
            }
        } catch (ClosedChannelException e) {
            throw new IOException(ended(), e);
        }
    }

    /** Somebody else's process could connect to a TCP port first, but does not know the secret. */
    private boolean proves(SocketChannel channel) throws IOException {
        if (channel.getRemoteAddress() instanceof InetSocketAddress)
            channel.socket().setTcpNoDelay(true);
        ByteBuffer proof = ByteBuffer.allocate(secret.length());
        while (proof.hasRemaining()) {
            if (channel.read(proof) < 0) return false;
        }
        return MessageDigest.isEqual(proof.array(), secret.getBytes(StandardCharsets.US_ASCII));
    }

    /** Waits for its end, and says how it ended. */
    String ended() {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            for (Thread reader : readers) reader.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "ended with " + (process.isAlive() ? "no exit code" : "exit code " + process.exitValue()) + tail();
    }

    private String tail() {
        synchronized (last) {
            return last.isEmpty() ? "" : "; the last that it said:\n  " + String.join("\n  ", last);
        }
    }

    boolean awaitEnd(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        stopListening();
        process.destroyForcibly();
        deleteSocket();
    }

    private void deleteSocket() {
        try {
            @Nullable SocketAddress address = listener.getLocalAddress();
            if (address instanceof UnixDomainSocketAddress unix) Files.deleteIfExists(unix.getPath());
        } catch (IOException e) {
            // the folder is deleted at the end
        }
    }
}
