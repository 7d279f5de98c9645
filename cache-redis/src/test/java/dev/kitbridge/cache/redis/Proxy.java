package dev.kitbridge.cache.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network between a replica and Redis that the test makes slow or cuts. */
final class Proxy implements AutoCloseable {

    private final int target;
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    /** How long each piece is delayed, in milliseconds. */
    volatile int delay;

    /** Whether nothing arrives, while connections stay open. */
    volatile boolean partitioned;

    /** Whether nothing arrives that Redis sends. */
    volatile boolean deaf;

    Proxy(int target) throws IOException {
        this.target = target;
        daemon(this::accept);
    }

    String url() {
        return "redis://127.0.0.1:" + server.getLocalPort();
    }

    private static void daemon(Runnable run) {
        Thread thread = new Thread(run, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                sockets.add(client);
                Socket redis;
                try {
                    redis = new Socket(InetAddress.getLoopbackAddress(), target);
                } catch (IOException e) {
                    client.close();
                    continue;
                }
                sockets.add(redis);
                daemon(() -> copy(client, redis, false));
                daemon(() -> copy(redis, client, true));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void copy(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (delay > 0) Thread.sleep(delay);
                while (partitioned || (deaf && answers)) Thread.sleep(5);
                out.write(buffer, 0, length);
                out.flush();
            }
        } catch (IOException | InterruptedException e) {
            // one end is closed
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) socket.close();
    }
}
