package dev.kitbridge.cache.redis;

import dev.kitbridge.server.Await;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A {@code redis-server} on a free loopback port, with its files in a folder of the test. */
final class RedisServer implements AutoCloseable {

    private final Path folder;
    private final List<String> arguments;
    private final int port;
    private Process process;
    private RedisClient client;
    private RedisCommands<String, byte[]> commands;

    private RedisServer(Path folder, int port, List<String> arguments) throws Exception {
        this.folder = Files.createDirectories(folder);
        this.port = port;
        this.arguments = arguments;
        start();
    }

    /** Skips the test if there is no {@code redis-server}, unless {@code KITBRIDGE_REDIS} requires one. */
    static RedisServer start(Path folder, String... arguments) throws Exception {
        Assumptions.assumeTrue(System.getenv("KITBRIDGE_REDIS") != null || isInstalled(), "no redis-server on PATH");
        return new RedisServer(folder, freePort(), List.of(arguments));
    }

    private static boolean isInstalled() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "redis-server")));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    /** Starts the server again, without its data. */
    void start() throws Exception {
        List<String> command = new ArrayList<>(List.of("redis-server"));
        // a configuration file, which Sentinel requires, comes first
        List<String> options = new ArrayList<>(arguments);
        if (!options.isEmpty() && options.get(0).endsWith(".conf")) command.add(options.remove(0));
        command.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1"));
        if (!options.contains("--sentinel")) command.addAll(List.of("--save", "", "--appendonly", "no"));
        command.addAll(options);
        process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.log").toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!isListening()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException(
                        "redis-server does not listen: " + Files.readString(folder.resolve("redis.log")));
            }
            Thread.sleep(10);
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Kills the server; its data is lost. */
    void kill() {
        disconnect();
        process.destroyForcibly().onExit().join();
    }

    /** Commands of the test itself. */
    RedisCommands<String, byte[]> commands() {
        if (commands == null) {
            client = RedisClient.create(url());
            commands = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE))
                    .sync();
        }
        return commands;
    }

    String key(String part) {
        List<String> keys = commands().keys("*" + part + "*");
        if (keys.size() != 1) throw new AssertionError("one key with " + part + " expected, found " + keys);
        return keys.get(0);
    }

    /** Runs something that keeps a page, and waits until Redis has it. */
    void keeping(Runnable run) throws InterruptedException {
        int before = commands().keys("*:page:*").size();
        run.run();
        Await.until("the page in Redis", () -> commands().keys("*:page:*").size() > before);
    }

    private void disconnect() {
        if (client != null) client.shutdown();
        client = null;
        commands = null;
    }

    @Override
    public void close() {
        kill();
    }
}
