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
 * The HTTP server that an adapter's product has, before the app's own Vite: in development and in a preview, browsers
 * are answered at one origin, by the same rules for limits, proxies, cookies and addresses as in production.
 */
@FunctionalInterface
public interface Front {

    /** A request's header that tells Vite who asks: {@link Place#visitor}. */
    String VISITOR = "x-kitbridge-visitor";

    /**
     * Opens the front. What it cannot answer by itself it passes on to Vite, with the target as it was sent (in
     * development, paths have brackets in them) and with the header {@link #VISITOR}; an upgrade to a web socket, which
     * hot reloading needs, too.
     *
     * @throws AdapterException if it cannot listen there, or the environment has a value that it does not accept
     * @throws IOException if anything else fails
     */
    Opened open(Place place) throws IOException;

    /**
     * Where to listen, and where to pass requests on to.
     *
     * @param host name or address to listen on: {@code localhost}, {@code 0.0.0.0}
     * @param port where to listen, 0 for any
     * @param strict whether it has to be that port; if not, the next free one will do
     * @param vite where Vite speaks HTTP/1.1, without TLS
     * @param secret what makes Vite believe the header
     * @param environment variables, as the product would see them
     */
    record Place(
            String host,
            int port,
            boolean strict,
            InetSocketAddress vite,
            String secret,
            Map<String, String> environment) {

        public Place {
            environment = Map.copyOf(environment);
        }

        /**
         * The value of {@link Front#VISITOR}.
         *
         * @param origin what {@code event.url} begins with, {@code https://example.com}
         * @param protocol {@code HTTP/1.1}
         * @param address what {@code event.getClientAddress()} returns, or null
         * @param noAddress what it throws where there is none, or null
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

    /** A front that listens. */
    interface Opened extends AutoCloseable {

        /** Where browsers find it, without the app's base path; the first is for this machine. */
        List<URI> addresses();

        /** Ends it, and all connections. */
        @Override
        void close();
    }
}
