package dev.kitbridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of README: the JDK's own HTTP server as a front. */
class EmbeddingTest {

    @TempDir
    Path folder;

    private static void answer(Server app, HttpExchange http) throws IOException {
        // README begins
        Request request =
                Request.get("https://example.com", http.getRequestURI().toString(), Headers.EMPTY);
        String address = http.getRemoteAddress().getAddress().getHostAddress();
        Response response = app.respond(request, new RespondOptions(() -> address, Map.of("user", "anna")))
                .join();
        response.headers().forEach(http.getResponseHeaders()::add);
        http.sendResponseHeaders(response.status(), Math.max(response.body().length(), 0));
        try (var out = http.getResponseBody()) {
            response.body().transferTo(out);
        }
        // README ends
    }

    @Test
    void theExampleOfReadmeServes() throws Exception {
        TestApp app = TestApp.in(folder);
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var threads = Executors.newCachedThreadPool();
        http.setExecutor(threads);
        try (Server server = app.open(app.init())) {
            http.createContext("/", exchange -> answer(server, exchange));
            http.start();
            HttpClient client = HttpClient.newHttpClient();
            URI root = URI.create("http://127.0.0.1:" + http.getAddress().getPort());
            var page =
                    client.send(HttpRequest.newBuilder(root.resolve("/hello")).build(), BodyHandlers.ofString());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).isEqualTo("hello");
            assertThat(page.headers().firstValue("content-type")).hasValue("text/plain");
            var file = client.send(
                    HttpRequest.newBuilder(root.resolve("/file.txt")).build(), BodyHandlers.ofString());
            assertThat(file.body()).isEqualTo("a file");
            var platform = client.send(
                    HttpRequest.newBuilder(root.resolve("/platform")).build(), BodyHandlers.ofString());
            assertThat(platform.body()).startsWith("{\"user\":\"anna\",");
            var large =
                    client.send(HttpRequest.newBuilder(root.resolve("/large")).build(), BodyHandlers.ofString());
            assertThat(large.body()).hasSize(3_000_000);
        } finally {
            http.stop(0);
            threads.shutdownNow();
        }
    }

    /** Both are read as text, so that the one cannot change without the other. */
    @Test
    void readmeHasTheExample() throws IOException {
        String example = Files.readString(Path.of("src/test/java/dev/kitbridge/server/EmbeddingTest.java"))
                .replaceFirst("(?s).*?// README begins\n", "")
                .replaceFirst("(?s) *// README ends.*", "");
        String lines = example.lines().map(String::strip).collect(Collectors.joining("\n"));
        String readme = Files.readString(Path.of("README.md"))
                .lines()
                .map(String::strip)
                .collect(Collectors.joining("\n"));
        assertThat(readme).contains(lines);
    }
}
