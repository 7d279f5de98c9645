package dev.kitbridge.maven.vite;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kitbridge.adapter.Emulator;
import dev.kitbridge.adapter.Prerender;
import dev.kitbridge.maven.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;

/**
 * Lets the threads in which kit prerenders ask an adapter's emulator, over loopback HTTP. Its path is a secret that
 * only the build's child process is told.
 */
final class EmulatorServer implements AutoCloseable {

    private final HttpServer server;
    private final String path;

    /**
     * What kit tells an emulator of a request.
     *
     * @param config the route's
     * @param prerender the route's option: {@code true}, {@code false} or {@code auto}
     */
    private record Details(Map<String, Object> config, Prerender prerender) {}

    /** Starts to answer. */
    EmulatorServer(Emulator emulator) throws IOException {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        path = "/" + HexFormat.of().formatHex(secret);
        // not getLoopbackAddress(), which may be ::1
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        server.createContext(path, exchange -> answer(exchange, emulator));
        server.start();
    }

    /** Where to ask. */
    String url() {
        InetSocketAddress address = server.getAddress();
        return "http://127.0.0.1:" + address.getPort() + path;
    }

    private static void answer(HttpExchange exchange, Emulator emulator) throws IOException {
        try (exchange) {
            int status = 200;
            String text;
            try {
                Details details = Json.MAPPER.readValue(exchange.getRequestBody(), Details.class);
                // in order, since prerendered pages have to come out the same each time
                text = Json.MAPPER
                        .writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                        .writeValueAsString(emulator.platform(details.config(), details.prerender()));
            } catch (JacksonException e) {
                status = 500;
                text = "event.platform is no JSON: " + e.getOriginalMessage();
            } catch (RuntimeException e) {
                status = 500;
                text = String.valueOf(e.getMessage() == null ? e : e.getMessage());
            }
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
