package dev.kitbridge.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A {@code redis-server} on a free loopback port, without files. */
public final class Redis implements AutoCloseable {

    private final LoopbackServer server;

    private Redis(LoopbackServer server) {
        this.server = server;
    }

    /** Returns whether tests need it: it is installed, or {@code KITBRIDGE_REDIS} requires it. */
    public static boolean isWanted() {
        boolean installed = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "redis-server")));
        return installed || System.getenv("KITBRIDGE_REDIS") != null;
    }

    /** Starts the server and waits until it listens. */
    public static Redis start() throws IOException, InterruptedException {
        return new Redis(LoopbackServer.start(port -> List.of(
                "redis-server", "--port", "" + port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")));
    }

    public String url() {
        return "redis://127.0.0.1:" + server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
