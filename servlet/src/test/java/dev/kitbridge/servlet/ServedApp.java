package dev.kitbridge.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Server;
import dev.kitbridge.server.TestApp;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A container that serves the test app, and a client for its version of HTTP.
 *
 * @param container {@code tomcat}, {@code jetty}, {@code tomcat-h2} or {@code jetty-h2}, running
 * @param client speaks HTTP/2 with the last two
 */
record ServedApp(Container container, HttpClient client) {

    /** Starts a container with a servlet for {@code /api/*}, and filters for all paths. */
    static ServedApp start(String name, Path folder, HttpServlet api, List<Filter> filters) throws Exception {
        HttpClient.Version version = name.endsWith("h2") ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
        ServedApp app = new ServedApp(
                Container.start(name, folder, api, filters),
                HttpClient.newBuilder().version(version).build());
        // the JDK's client switches to HTTP/2 with its first request
        assertThat(app.get("/file.txt").version()).isEqualTo(version);
        return app;
    }

    /** Requests a path of the app without the container. */
    static String ask(Server server, String target) {
        Request request = Request.get("http://localhost", target, Headers.EMPTY);
        return TestApp.text(server.respond(request, RespondOptions.of("")).join());
    }

    URI address() {
        return container.address();
    }

    HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(address().resolve(target)).timeout(Duration.ofSeconds(20));
    }

    /** @param headers names and values, in turn */
    HttpResponse<String> get(String target, String... headers) throws Exception {
        HttpRequest.Builder request = request(target);
        if (headers.length > 0) request.headers(headers);
        return send(request, BodyHandlers.ofString());
    }

    <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body) throws Exception {
        return client.send(request.build(), body);
    }

    CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), BodyHandlers.ofString());
    }

    /** Connects without a client, to send any bytes. */
    Socket connect() throws IOException {
        return new Socket("127.0.0.1", address().getPort());
    }

    void stop() throws Exception {
        container.stop();
    }
}
