package dev.kitbridge.adapter;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server of an adapter's product, placed before the app's Vite in development and in a preview. Browsers use
 * one origin, and the rules for limits, proxies, cookies and client addresses are those of production.
 */
@FunctionalInterface
public interface Front {

    /** The name of the request header that tells Vite the client and the origin: {@link Options#visitor}. */
    String VISITOR = "x-kitbridge-visitor";

    /**
     * Starts the server.
     *
     * <p>The server passes each request that it does not answer itself on to Vite, with the header {@link #VISITOR}. It
     * does not change the request target: paths of Vite's modules can contain brackets. It also passes on upgrades to
     * web sockets, which hot reloading needs.
     *
     * @param options the addresses and the environment
     * @return the server, which accepts connections
     * @throws AdapterException if the address is in use or invalid, or if a variable has an invalid value
     * @throws IOException if the server fails for another reason
     */
    Server open(Options options) throws IOException;

    /**
     * The address to listen on, Vite's address, and the environment.
     *
     * @param host the name or address to listen on, such as {@code localhost} or {@code 0.0.0.0}
     * @param port the port to listen on; 0: any free port
     * @param strict whether a port in use is an error; if false, the server uses the next free port
     * @param vite the address at which Vite speaks HTTP/1.1 without TLS
     * @param secret a value known to Vite and this server only; without it, Vite ignores the header {@link #VISITOR}
     * @param environment the environment variables that the product would have
     * @param preview whether Vite serves the last build; if false, it serves the sources
     */
    record Options(
            String host,
            int port,
            boolean strict,
            InetSocketAddress vite,
            String secret,
            Map<String, String> environment,
            boolean preview) {

        /**
         * Copies the environment.
         *
         * @param host the name or address to listen on
         * @param port the port to listen on
         * @param strict whether a port in use is an error
         * @param vite Vite's address
         * @param secret a value known to Vite and this server only
         * @param environment the environment variables
         * @param preview whether Vite serves the last build
         */
        public Options {
            environment = Map.copyOf(environment);
        }

        /**
         * The options of a server for development.
         *
         * @param host the name or address to listen on
         * @param port the port to listen on
         * @param strict whether a port in use is an error
         * @param vite Vite's address
         * @param secret a value known to Vite and this server only
         * @param environment the environment variables
         */
        public Options(
                String host,
                int port,
                boolean strict,
                InetSocketAddress vite,
                String secret,
                Map<String, String> environment) {
            this(host, port, strict, vite, secret, environment, false);
        }

        /**
         * Returns the value of the header {@link Front#VISITOR} for a request: a URL-encoded form that includes the
         * secret.
         *
         * @param origin the origin of {@code event.url}, such as {@code https://example.com}
         * @param protocol the request's protocol, such as {@code HTTP/1.1}
         * @param address the value of {@code event.getClientAddress()}; null if {@code noAddress} is given
         * @param noAddress the message of the error that {@code event.getClientAddress()} throws; null if
         *     {@code address} is given
         * @return the value
         */
        public String visitor(String origin, String protocol, @Nullable String address, @Nullable String noAddress) {
            StringBuilder text = new StringBuilder();
            append(text, "secret", secret);
            append(text, "origin", origin);
            append(text, "protocol", protocol);
            append(text, "address", address);
            append(text, "noAddress", noAddress);
            return text.toString();
        }

        private static void append(StringBuilder text, String name, @Nullable String value) {
            if (value == null) return;
            if (text.length() > 0) text.append('&');
            text.append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    /** A server that accepts connections. */
    interface Server extends AutoCloseable {

        /**
         * Returns the URLs at which browsers reach the server, without the app's base path.
         *
         * @return at least one URL; the first one works on this machine
         */
        List<URI> addresses();

        /** Stops the server and closes its connections. */
        @Override
        void close();
    }
}
