package dev.kitbridge.server.internal.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Two ends of a connection.
 *
 * @param ours the server's
 * @param theirs the worker's
 */
public record SocketPair(SocketChannel ours, SocketChannel theirs) implements AutoCloseable {

    public static SocketPair open() throws IOException {
        try (ServerSocketChannel listener =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            SocketChannel theirs = SocketChannel.open(listener.getLocalAddress());
            return new SocketPair(listener.accept(), theirs);
        }
    }

    @Override
    public void close() throws IOException {
        ours.close();
        theirs.close();
    }
}
