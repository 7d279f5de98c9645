package dev.kitbridge.standalone.front;

import dev.kitbridge.server.StartException;
import dev.kitbridge.standalone.settings.Settings;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The listening socket, opened before all other parts start.
 *
 * @param channel the socket
 * @param description the address, for messages
 * @param path the file of a Unix socket that this process created, or null
 */
public record Listener(ServerSocketChannel channel, String description, @Nullable Path path) {

    private static final int BACKLOG = 1024;

    /** Returns whether it is a Unix socket, whose connections have no addresses. */
    boolean isUnix() throws IOException {
        return channel.getLocalAddress() instanceof UnixDomainSocketAddress;
    }

    /** @throws StartException if it cannot listen there */
    public static Listener open(Settings.Listening settings, String prefix) {
        if (settings.activated()) return inherited();
        Path path = settings.socketPath();
        if (path != null) return unix(path, prefix);
        return tcp(settings.host(), settings.port(), settings.tls() == null ? "http" : "https", prefix);
    }

    /**
     * Opens a TCP socket.
     *
     * @param host address or name of this machine
     * @param port port; 0 for a free one
     * @param scheme scheme of the description: http or https
     * @param prefix prefix of HOST and PORT in messages
     * @throws StartException if it cannot listen there
     */
    public static Listener tcp(String host, int port, String scheme, String prefix) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        InetSocketAddress address = new InetSocketAddress(bare, port);
        if (address.isUnresolved()) {
            throw new StartException(
                    "The environment variable " + prefix + "HOST is '" + host
                            + "', which is neither an address nor a host name; it accepts an address of this machine: 0.0.0.0, 127.0.0.1, ::");
        }
        try {
            return bind(address, scheme);
        } catch (BindException e) {
            throw new StartException(why(e, host, port, prefix));
        } catch (IOException e) {
            throw new StartException("Nothing can listen on " + host + ":" + port + ": " + e.getMessage());
        }
    }

    /** @throws BindException if it cannot listen there */
    public static Listener bind(InetSocketAddress address, String scheme) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(address, BACKLOG);
            int bound = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            String host = address.getHostString();
            String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
            return new Listener(channel, scheme + "://" + shown + ":" + bound, null);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static String why(SocketException e, String host, int port, String prefix) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("in use")) {
            return "Port " + port + " of " + host + " is in use; stop the process that listens on it, or set " + prefix
                    + "PORT to another port";
        }
        if (message.contains("ermission")) {
            return "Port " + port + " may not be used by this user; set " + prefix + "PORT to 1024 or more";
        }
        return "The environment variable " + prefix + "HOST is '" + host
                + "', which is no address of this machine; it accepts one that is: 0.0.0.0, 127.0.0.1, ::";
    }

    /** Opens a Unix socket. Replaces an unused socket, which is an empty file, but no other file. */
    private static Listener unix(Path path, String prefix) {
        String variable = prefix + "SOCKET_PATH";
        try {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && Files.size(path) == 0) {
                if (answers(path)) throw new BindException("another process listens on it");
                Files.delete(path);
            }
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) throw new FileAlreadyExistsException(path.toString());
            ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.bind(UnixDomainSocketAddress.of(path), BACKLOG);
                return new Listener(channel, path.toString(), path);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (FileAlreadyExistsException e) {
            throw new StartException("The environment variable " + variable + " is '" + path
                    + "', which is a file with content; it accepts a path where a socket can be made");
        } catch (UnsupportedOperationException e) {
            throw new StartException(
                    "The environment variable " + variable + " is set, but this system has no Unix sockets");
        } catch (IOException e) {
            throw new StartException("The environment variable " + variable + " is '" + path
                    + "', where no socket can be made: " + e.getMessage());
        }
    }

    private static boolean answers(Path path) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the socket of systemd. A JVM can only inherit file descriptor 0. */
    private static Listener inherited() {
        try {
            Channel channel = System.inheritedChannel();
            if (channel instanceof ServerSocketChannel socket) {
                return new Listener(socket, "the socket that systemd opened", null);
            }
        } catch (IOException e) {
            throw new StartException("The socket that systemd opened cannot be used: " + e.getMessage());
        }
        throw new StartException("LISTEN_FDS is set, but a JVM can only take a socket that is its standard input;"
                + " add StandardInput=socket, StandardOutput=journal and StandardError=journal to the service's unit");
    }

    /** Closes the socket, and deletes the file of a Unix socket. */
    public void close() throws IOException {
        channel.close();
        if (path != null) Files.deleteIfExists(path);
    }
}
