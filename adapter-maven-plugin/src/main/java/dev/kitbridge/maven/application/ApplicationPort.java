package dev.kitbridge.maven.application;

import dev.kitbridge.maven.failure.UserFailure;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The application's port, which stays open while the application restarts. Passes each connection on, byte for byte;
 * holds it until the application is ready, or answers with the reason why it is not.
 */
final class ApplicationPort implements AutoCloseable {

    /**
     * The address that the application's configuration sets.
     *
     * @param scheme {@code http} or {@code https}
     * @param port 0 for any free port
     * @param host empty for all addresses of the machine
     */
    record Address(String scheme, int port, String host) {}

    /**
     * The receiver of connections.
     *
     * @param number distinguishes targets with the same port
     * @param port the application's port; 0 if it has none yet, or no more
     * @param failure a page that says why the application does not run; null if it runs, or starts
     */
    record Target(int number, int port, @Nullable String failure) {}

    private final ServerSocketChannel listener;
    private final Address address;

    private Target target = new Target(0, 0, null);
    private boolean closed;

    private final Set<Relay> relays = ConcurrentHashMap.newKeySet();

    private ApplicationPort(ServerSocketChannel listener, Address address) {
        this.listener = listener;
        this.address = address;
    }

    /**
     * Opens the port.
     *
     * @throws UserFailure if it cannot be opened
     */
    static ApplicationPort open(Address address) {
        ServerSocketChannel listener = null;
        try {
            listener = ServerSocketChannel.open();
            InetSocketAddress place = address.host().isEmpty()
                    ? new InetSocketAddress(address.port())
                    : new InetSocketAddress(address.host(), address.port());
            ApplicationPort port = new ApplicationPort(listener.bind(place), address);
            daemon(port::accept, "kitbridge-application-port").start();
            return port;
        } catch (IOException | RuntimeException e) {
            close(listener);
            throw new UserFailure(
                    e instanceof BindException
                            ? "Port " + address.port()
                                    + " of the application is in use, or its address cannot be used (" + e.getMessage()
                                    + "); stop the process that listens on it, or set server.port"
                            : "The application's port " + address.port() + " cannot be opened: " + e,
                    e);
        }
    }

    /** Returns the URL for a browser on this machine. */
    URI url() throws IOException {
        int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
        String host = address.host().isEmpty() || address.host().matches("0\\.0\\.0\\.0|\\[?::]?")
                ? "localhost"
                : address.host();
        return URI.create(address.scheme() + "://" + host + ":" + port);
    }

    /** Passes connections on to the application. */
    synchronized void listens(int port) {
        set(port, null);
    }

    /** Holds connections. */
    synchronized void starts() {
        set(0, null);
    }

    /** Waits until the application has begun to answer the requests that it has, for two seconds at most. */
    void drain() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        while (relays.stream().anyMatch(Relay::awaitsAnswer) && System.nanoTime() < end) Thread.sleep(10);
    }

    /** Answers requests with a page. */
    synchronized void failed(String page) {
        set(0, page);
    }

    private synchronized void set(int port, @Nullable String failure) {
        target = new Target(target.number() + 1, port, failure);
        notifyAll();
    }

    /**
     * Waits until the application is ready, or has failed.
     *
     * @param tried the last target, which refused a connection, or null
     * @return null if the port was closed
     */
    synchronized @Nullable Target await(@Nullable Target tried) throws InterruptedException {
        while (!closed && (isStarting(target) || target.equals(tried))) wait();
        return closed ? null : target;
    }

    /** Returns whether connections go to another application by now, or wait for one. */
    synchronized boolean hasChangedSince(Target earlier) {
        return !target.equals(earlier);
    }

    private static boolean isStarting(Target target) {
        return target.port() == 0 && target.failure() == null;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = listener.accept();
                daemon(() -> serve(client), "kitbridge-application-connection").start();
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(SocketChannel client) {
        try (client;
                Relay relay = new Relay(client, this, address.scheme().equals("http"))) {
            relays.add(relay);
            try {
                relay.run();
            } finally {
                relays.remove(relay);
            }
        } catch (IOException e) {
            // one side has disconnected
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    static void close(java.nio.channels.@Nullable Channel channel) {
        try {
            if (channel != null) channel.close();
        } catch (ClosedChannelException e) {
            // already closed
        } catch (IOException e) {
            // nothing is left to do
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        close(listener);
    }
}
