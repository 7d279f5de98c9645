package dev.kitbridge.services;

import dev.kitbridge.server.RequestContexts;
import dev.kitbridge.server.internal.link.Rendezvous;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Accepts clients of services in development and in builds, if Maven has started this process. The clients know the
 * secret in {@value #SECRET}.
 *
 * <p>{@value #SOCKET} is the path of the Unix domain socket. Without it, or on a system without such sockets, the
 * address is a loopback port. {@link #announce} writes the address to the standard output.
 */
public final class ServiceListener implements Closeable {

    /** Environment variable. */
    public static final String SOCKET = "KITBRIDGE_SERVICES";

    /** Environment variable. */
    public static final String SECRET = "KITBRIDGE_SERVICES_SECRET";

    private static final char MARK = '\u001e';

    private final Rendezvous rendezvous;

    private ServiceListener(Rendezvous rendezvous) {
        this.rendezvous = rendezvous;
    }

    /**
     * Begins to accept clients.
     *
     * @param connections serves them
     * @param environment of the process
     * @throws IOException if no address can be used
     */
    public static ServiceListener open(ServiceConnections connections, Map<String, String> environment)
            throws IOException {
        @Nullable String secret = environment.get(SECRET);
        if (secret == null || secret.length() < 16) throw new IOException(SECRET + " has less than 16 characters");
        Rendezvous rendezvous = Rendezvous.of(environment.getOrDefault(SOCKET, ""), secret);
        Thread accepting = new Thread(() -> accept(rendezvous, connections), "kitbridge-services-accept");
        accepting.setDaemon(true);
        accepting.start();
        return new ServiceListener(rendezvous);
    }

    private static void accept(Rendezvous rendezvous, ServiceConnections connections) {
        try {
            while (true) connections.connect(rendezvous.next(), new RequestContexts());
        } catch (IOException e) {
            // closed
        }
    }

    /** Writes a line with the address and the names of the services. */
    public void announce(PlatformServices services) throws IOException {
        write("Services on " + rendezvous.address() + ": " + String.join(", ", services.names()));
    }

    /**
     * Writes a line in one write to the descriptor, since a service may have replaced {@link System#out}, and may write
     * at the same time.
     */
    static void write(String text) throws IOException {
        new FileOutputStream(FileDescriptor.out).write((MARK + text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        rendezvous.close();
    }
}
