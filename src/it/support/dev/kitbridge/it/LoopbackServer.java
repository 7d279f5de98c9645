package dev.kitbridge.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** A program that listens on a loopback port. */
final class LoopbackServer implements AutoCloseable {

    private final Process process;
    private final int port;

    private LoopbackServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a program and waits until it listens.
     *
     * @param command of a program that listens on the given port, which is free
     */
    static LoopbackServer start(IntFunction<List<String>> command) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> words = command.apply(port);
        Path log = Files.createTempFile("server", ".log");
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        LoopbackServer server = new LoopbackServer(process, port);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!server.listens()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                server.close();
                throw new IllegalStateException(words.get(0) + " does not listen: " + Files.readString(log));
            }
            Thread.sleep(10);
        }
        Files.delete(log);
        return server;
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** Stops the program, and its children. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly().onExit().join();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
