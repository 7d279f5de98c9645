package dev.kitbridge.standalone.front;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/** Accepts connections on an open Unix socket. Jetty's own connector needs a socket with a port. */
final class SocketConnector extends ServerConnector {

    private final ServerSocketChannel listener;

    SocketConnector(Server server, ServerSocketChannel listener, ConnectionFactory... factories) {
        super(server, 1, -1, factories);
        this.listener = listener;
    }

    @Override
    public void open() {}

    @Override
    public boolean isOpen() {
        return listener.isOpen();
    }

    @Override
    public @Nullable Object getTransport() {
        return listener;
    }

    @Override
    public void accept(int acceptor) throws IOException {
        SocketChannel channel = listener.accept();
        channel.configureBlocking(false);
        getSelectorManager().accept(channel);
    }

    @Override
    public void close() {
        super.close();
        try {
            listener.close();
        } catch (IOException e) {
            LOG.debug("the listener could not be closed", e);
        }
    }
}
