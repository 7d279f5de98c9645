package dev.kitbridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.kitbridge.server.example.Embedding;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of README: the JDK's own HTTP server as a front. */
class EmbeddingTest {

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Server server;
    private HttpServer http;

    @BeforeEach
    void serve() throws Exception {
        TestApp app = TestApp.in(folder);
        server = app.open(app.init());
        http = Embedding.serve(server, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() {
        http.stop(0);
        server.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + http.getAddress().getPort() + path));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    @Test
    void pagesAndFilesAreServed() throws Exception {
        assertThat(get("/hello").statusCode()).isEqualTo(200);
        assertThat(get("/hello").body()).isEqualTo("hello");
        assertThat(get("/hello").headers().firstValue("content-type")).hasValue("text/plain");
        assertThat(get("/file.txt").body()).isEqualTo("a file");
        assertThat(get("/empty").statusCode()).isEqualTo(204);
        assertThat(get("/platform").body()).startsWith("{\"user\":\"anna\",");
        assertThat(get("/large").body()).hasSize(3_000_000);
    }

    @Test
    void aBodyIsPosted() throws Exception {
        HttpRequest post =
                request("/echo").POST(BodyPublishers.ofString("a body")).build();
        assertThat(client.send(post, BodyHandlers.ofString()).body()).isEqualTo("a body");
    }

    /** The second part is written only after the first one has arrived. */
    @Test
    void aStreamArrivesPartByPart() throws Exception {
        HttpResponse<InputStream> response = client.send(request("/first").build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            assertThat(body.readNBytes(5)).asString().isEqualTo("first");
            assertThat(get("/open?first").body()).isEqualTo("open");
            assertThat(body.readAllBytes()).asString().isEqualTo("second");
        }
    }

    /** Each block of Java in README is a part of a class that is compiled here. */
    @Test
    void readmeHasTheExample() throws IOException {
        String source = lines(Files.readString(Path.of("src/test/java/dev/kitbridge/server/example/Embedding.java")));
        assertThat(Pattern.compile("(?s)```java\n(.*?)```")
                        .matcher(Files.readString(Path.of("README.md")))
                        .results()
                        .map(block -> lines(block.group(1))))
                .isNotEmpty()
                .allSatisfy(block -> assertThat(source).contains(block));
    }

    private static String lines(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
