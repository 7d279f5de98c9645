package dev.kitbridge.it;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@code redis-server} on a free loopback port, without files. */
public final class Redis implements AutoCloseable {

    private final Process process;
    private final int port;

    private Redis(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Returns whether tests need it: it is installed, or {@code KITBRIDGE_REDIS} requires it. */
    public static boolean isWanted() {
        boolean installed = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "redis-server")));
        return installed || System.getenv("KITBRIDGE_REDIS") != null;
    }

    /** Starts the server and waits until it listens. */
    public static Redis start() throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path log = Files.createTempFile("redis", ".log");
        Process process = new ProcessBuilder(List.of(
                        "redis-server", "--port", "" + port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Redis redis = new Redis(process, port);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!redis.listens()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                redis.close();
                throw new IllegalStateException("redis-server does not listen: " + Files.readString(log));
            }
            Thread.sleep(10);
        }
        Files.delete(log);
        return redis;
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
