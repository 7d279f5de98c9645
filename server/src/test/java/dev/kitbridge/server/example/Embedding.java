package dev.kitbridge.server.example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Init;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.Server;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The JDK's own HTTP server as a front. */
public final class Embedding {

    private Embedding() {}

    /** Serves the app until the returned HTTP server is stopped and the app is closed. */
    public static HttpServer serve(Server app, InetSocketAddress address) throws IOException {
        HttpServer http = HttpServer.create(address, 0);
        http.setExecutor(Executors.newCachedThreadPool());
        http.createContext("/", exchange -> answer(app, exchange));
        http.start();
        return http;
    }

    private static void answer(Server app, HttpExchange http) throws IOException {
        Headers.Builder fields = Headers.builder();
        http.getRequestHeaders().forEach((name, values) -> values.forEach(value -> fields.add(name, value)));
        Request request = Request.of(
                http.getRequestMethod(),
                "https://example.com",
                http.getRequestURI().toString(),
                fields.build(),
                body(http));
        String client = http.getRemoteAddress().getAddress().getHostAddress();
        RespondOptions options = RespondOptions.of(client).withPlatform(Map.of("user", "anna"));
        Response response = app.respond(request, options).join();
        try (http) {
            response.headers().forEach(http.getResponseHeaders()::add);
            // for the JDK's server, 0 is chunked and -1 is no body
            long length = response.body().length();
            http.sendResponseHeaders(response.status(), length == 0 ? -1 : Math.max(length, 0));
            if (length != 0) response.body().transferTo(http.getResponseBody());
        }
    }

    /** Null without a body: SvelteKit rejects a GET that has one. */
    private static Flow.@Nullable Publisher<ByteBuffer> body(HttpExchange http) {
        String length = http.getRequestHeaders().getFirst("content-length");
        boolean sent = http.getRequestHeaders().containsKey("transfer-encoding");
        if (!sent && (length == null || length.equals("0"))) return null;
        return BodyPublishers.ofInputStream(http::getRequestBody);
    }

    /** Opens the folder that adapter-jvm writes and serves it on port 3000. */
    public static void main(String[] arguments) throws IOException {
        Server app = Server.open(Path.of("target/adapters/jvm"), Init.of(Path.of("node")));
        HttpServer http = serve(app, new InetSocketAddress("localhost", 3000));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            http.stop(5);
            app.close();
        }));
    }
}
