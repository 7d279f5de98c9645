package dev.kitbridge.server.internal.link;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A server socket for clients that know a secret. Every process on the machine can connect to a loopback port, so each
 * client sends the secret first. A client with a wrong secret is disconnected. A silent one does not block others.
 */
public final class Rendezvous implements Closeable {

    /** Limit of connections that have not sent the secret yet; beyond it, the oldest is closed. */
    private static final int MAX_UNPROVEN = 64;

    /** The source that {@code SecureRandom} reads, without its 30 ms of class loading. */
    private static final Path URANDOM = Path.of("/dev/urandom");

    private final ServerSocketChannel listener;
    private final Selector selector;
    private final @Nullable Path path;
    private final String secret;
    private final Deque<SocketChannel> unproven = new ArrayDeque<>();

    private Rendezvous(ServerSocketChannel listener, @Nullable Path path, String secret) throws IOException {
        this.listener = listener;
        this.path = path;
        this.selector = Selector.open();
        listener.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
        this.secret = secret;
    }

    private static String random() throws IOException {
        return HexFormat.of().formatHex(randomBytes());
    }

    private static byte[] randomBytes() throws IOException {
        byte[] random = new byte[24];
        if (Files.isReadable(URANDOM)) {
            try (InputStream in = Files.newInputStream(URANDOM)) {
                if (in.readNBytes(random, 0, random.length) == random.length) return random;
            }
        }
        new SecureRandom().nextBytes(random);
        return random;
    }

    /**
     * Listens on a Unix domain socket.
     *
     * @throws IOException if the system has no such sockets, or the path is too long for one
     */
    public static Rendezvous at(Path path) throws IOException {
        return at(path, random());
    }

    private static Rendezvous at(Path path, String secret) throws IOException {
        Files.deleteIfExists(path);
        ServerSocketChannel listener;
        try {
            listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        } catch (UnsupportedOperationException e) {
            throw new IOException(e);
        }
        try {
            return new Rendezvous(listener.bind(UnixDomainSocketAddress.of(path)), path, secret);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
    }

    /** Listens on a loopback port. */
    public static Rendezvous atLoopback() throws IOException {
        return atLoopback(random());
    }

    private static Rendezvous atLoopback(String secret) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
        return new Rendezvous(ServerSocketChannel.open().bind(any), null, secret);
    }

    /**
     * Listens with a given secret.
     *
     * @param path of a Unix domain socket; if it is empty, or cannot be used, the address is a loopback port
     */
    public static Rendezvous of(String path, String secret) throws IOException {
        if (path.isEmpty()) return atLoopback(secret);
        try {
            return at(Path.of(path), secret);
        } catch (IOException e) {
            return atLoopback(secret);
        }
    }

    /** Returns the socket's path, or the port. */
    public String address() throws IOException {
        return path != null
                ? path.toString()
                : String.valueOf(((InetSocketAddress) listener.getLocalAddress()).getPort());
    }

    /** Returns the secret that the worker sends first. */
    public String secret() {
        return secret;
    }

    /**
     * Waits for a client with the secret, then stops listening. {@link #close} makes it throw
     * {@link ClosedChannelException}.
     */
    public SocketChannel await() throws IOException {
        try {
            return next();
        } finally {
            close();
            for (SocketChannel client : unproven) client.close();
        }
    }

    /** Waits for the next client with the secret. */
    public SocketChannel next() throws IOException {
        try {
            while (true) {
                selector.select();
                SocketChannel proven = null;
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.channel() == listener) acceptClient();
                    else if (proven == null && hasSecret(key)) proven = (SocketChannel) key.channel();
                }
                selector.selectedKeys().clear();
                if (proven != null) {
                    unproven.remove(proven);
                    proven.keyFor(selector).cancel();
                    selector.selectNow();
                    return proven;
                }
            }
        } catch (ClosedSelectorException e) {
            throw new ClosedChannelException();
        }
    }

    private void acceptClient() throws IOException {
        SocketChannel client = listener.accept();
        if (client == null) return;
        if (path == null) client.socket().setTcpNoDelay(true);
        client.configureBlocking(false).register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(secret.length()));
        unproven.addLast(client);
        if (unproven.size() > MAX_UNPROVEN) unproven.removeFirst().close();
    }

    private boolean hasSecret(SelectionKey key) throws IOException {
        if (!key.isValid()) return false;
        SocketChannel client = (SocketChannel) key.channel();
        ByteBuffer received = (ByteBuffer) key.attachment();
        try {
            int count = client.read(received);
            if (count >= 0 && received.hasRemaining()) return false;
            if (count >= 0 && isSecret(received)) return true;
        } catch (IOException e) {
            // the client disconnected
        }
        unproven.remove(client);
        client.close();
        return false;
    }

    private boolean isSecret(ByteBuffer received) {
        byte[] sent = new byte[received.flip().remaining()];
        received.get(sent);
        return MessageDigest.isEqual(sent, secret.getBytes(StandardCharsets.US_ASCII));
    }

    /** Stops listening; may be called on any thread. */
    @Override
    public void close() {
        try {
            listener.close();
            selector.close();
            if (path != null) Files.deleteIfExists(path);
        } catch (IOException e) {
            // the folder of the socket is deleted when the server closes
        }
    }
}
