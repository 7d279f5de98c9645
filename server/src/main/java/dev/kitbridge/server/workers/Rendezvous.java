package dev.kitbridge.server.workers;

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
 * Where one worker connects to. Anybody on the machine can connect to a loopback port, so the worker shows a secret
 * first; others are turned away, and nobody who says nothing is waited for.
 */
final class Rendezvous implements Closeable {

    /** How many may be about to show their secret; of more, the first is turned away. */
    private static final int GUESTS = 64;

    /** Where Java's own generator gets its numbers too, but takes thirty milliseconds to load. */
    private static final Path URANDOM = Path.of("/dev/urandom");

    private final ServerSocketChannel listener;
    private final Selector selector;
    private final @Nullable Path path;
    private final String secret;
    private final Deque<SocketChannel> guests = new ArrayDeque<>();

    private Rendezvous(ServerSocketChannel listener, @Nullable Path path) throws IOException {
        this.listener = listener;
        this.path = path;
        this.selector = Selector.open();
        listener.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
        this.secret = HexFormat.of().formatHex(random());
    }

    private static byte[] random() throws IOException {
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
     * At a Unix domain socket.
     *
     * @throws IOException where there are none, or the path is too long for one
     */
    static Rendezvous at(Path path) throws IOException {
        Files.deleteIfExists(path);
        ServerSocketChannel listener;
        try {
            listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        } catch (UnsupportedOperationException e) {
            throw new IOException(e);
        }
        try {
            return new Rendezvous(listener.bind(UnixDomainSocketAddress.of(path)), path);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
    }

    /** At a loopback port. */
    static Rendezvous atLoopback() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new Rendezvous(ServerSocketChannel.open().bind(any), null);
    }

    /** The socket's path, or the port. */
    String address() throws IOException {
        return path != null
                ? path.toString()
                : String.valueOf(((InetSocketAddress) listener.getLocalAddress()).getPort());
    }

    String secret() {
        return secret;
    }

    /** Waits for the one who knows the secret. {@link #close} ends it with {@link ClosedChannelException}. */
    SocketChannel await() throws IOException {
        try {
            while (true) {
                selector.select();
                SocketChannel known = null;
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.channel() == listener) admit();
                    else if (known == null && proves(key)) known = (SocketChannel) key.channel();
                }
                selector.selectedKeys().clear();
                if (known != null) {
                    guests.remove(known);
                    return known;
                }
            }
        } catch (ClosedSelectorException e) {
            throw new ClosedChannelException();
        } finally {
            close();
            for (SocketChannel guest : guests) guest.close();
        }
    }

    private void admit() throws IOException {
        SocketChannel guest = listener.accept();
        if (guest == null) return;
        if (path == null) guest.socket().setTcpNoDelay(true);
        guest.configureBlocking(false).register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(secret.length()));
        guests.addLast(guest);
        if (guests.size() > GUESTS) guests.removeFirst().close();
    }

    private boolean proves(SelectionKey key) throws IOException {
        if (!key.isValid()) return false;
        SocketChannel guest = (SocketChannel) key.channel();
        ByteBuffer proof = (ByteBuffer) key.attachment();
        try {
            int count = guest.read(proof);
            if (count >= 0 && proof.hasRemaining()) return false;
            if (count >= 0 && isSecret(proof)) return true;
        } catch (IOException e) {
            // it broke off
        }
        guests.remove(guest);
        guest.close();
        return false;
    }

    private boolean isSecret(ByteBuffer proof) {
        byte[] shown = new byte[proof.flip().remaining()];
        proof.get(shown);
        return MessageDigest.isEqual(shown, secret.getBytes(StandardCharsets.US_ASCII));
    }

    /** Nobody can connect any more; from any thread. */
    @Override
    public void close() {
        try {
            listener.close();
            selector.close();
            if (path != null) Files.deleteIfExists(path);
        } catch (IOException e) {
            // the folder is deleted at the end
        }
    }
}
