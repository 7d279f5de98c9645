package dev.kitbridge.maven.serve;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Front;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.process.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An adapter's front before Vite, opened when it is known where Vite listens and where browsers expect it. */
final class DevelopmentFront implements AutoCloseable {

    private final Front front;
    private final String adapter;
    private final Map<String, String> environment;
    private final String secret;

    private Front.@Nullable Opened opened;

    /**
     * What Vite's process knows.
     *
     * @param port where it listens, on 127.0.0.1
     * @param wanted where it would listen if there were no front
     */
    record Vite(int port, Wanted wanted) {}

    /**
     * Where Vite was to listen.
     *
     * @param strict whether no other port will do
     */
    record Wanted(String host, int port, boolean strict) {}

    /**
     * @param adapter the adapter's id, for messages
     * @param variables {@code <environmentVariables>}
     */
    DevelopmentFront(Front front, String adapter, Map<String, String> variables) {
        this.front = front;
        this.adapter = adapter;
        this.environment = new HashMap<>(System.getenv());
        environment.putAll(variables);
        secret = Secret.random();
    }

    /** What Vite's process has to know to believe the front. */
    String secret() {
        return secret;
    }

    /**
     * Opens it, and says where.
     *
     * @throws UserFailure if it cannot be opened
     */
    List<URI> open(Vite vite) {
        try {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            Wanted wanted = vite.wanted();
            Front.Opened now = front.open(new Front.Place(
                    wanted.host(),
                    wanted.port(),
                    wanted.strict(),
                    new InetSocketAddress(loopback, vite.port()),
                    secret,
                    environment));
            opened = now;
            return now.addresses();
        } catch (AdapterException e) {
            throw new UserFailure("Adapter '" + adapter + "': " + e.getMessage(), e.getCause());
        } catch (IOException | RuntimeException | LinkageError e) {
            throw new UserFailure(
                    "The front of adapter '" + adapter + "' could not be opened: " + e
                            + "; run Maven with -e to see where, or set -Dadapter.front=false to do without",
                    e);
        }
    }

    @Override
    public void close() {
        if (opened != null) opened.close();
    }
}
