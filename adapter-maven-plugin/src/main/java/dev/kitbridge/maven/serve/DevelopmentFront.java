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

/**
 * An adapter's HTTP server in front of Vite. It is opened when Vite reports its own address and the address for
 * browsers.
 */
final class DevelopmentFront implements AutoCloseable {

    private final Front front;
    private final String adapter;
    private final Map<String, String> environment;
    private final boolean preview;
    private final String secret;

    private Front.@Nullable Server opened;

    /**
     * The message of Vite's process when Vite listens.
     *
     * @param port the port of Vite on 127.0.0.1
     * @param wanted the address for browsers
     */
    record Vite(int port, Wanted wanted) {}

    /**
     * The address that the app's configuration or the POM sets for browsers.
     *
     * @param strict whether to fail if the port is in use
     */
    record Wanted(String host, int port, boolean strict) {}

    /**
     * @param adapter the adapter's id, for messages
     * @param variables {@code <environmentVariables>}
     * @param preview whether Vite serves the last build
     */
    DevelopmentFront(Front front, String adapter, Map<String, String> variables, boolean preview) {
        this.front = front;
        this.adapter = adapter;
        this.preview = preview;
        this.environment = new HashMap<>(System.getenv());
        environment.putAll(variables);
        secret = Secret.random();
    }

    /** Returns the secret with which the front proves itself to Vite's process. */
    String secret() {
        return secret;
    }

    /**
     * Opens the front and returns its addresses.
     *
     * @throws UserFailure if the front cannot be opened
     */
    List<URI> open(Vite vite) {
        try {
            InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            Wanted wanted = vite.wanted();
            Front.Server now = front.open(new Front.Options(
                    wanted.host(),
                    wanted.port(),
                    wanted.strict(),
                    new InetSocketAddress(loopback, vite.port()),
                    secret,
                    environment,
                    preview));
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
