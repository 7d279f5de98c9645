package dev.kitbridge.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.server.Await;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Server;
import dev.kitbridge.server.TestApp;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@ParameterizedClass
@ValueSource(strings = {"tomcat", "jetty", "tomcat-h2", "jetty-h2"})
class KitbridgeFilterTest {

    private static Server server;

    @Parameter
    String name;

    @TempDir
    Path temp;

    private Container container;
    private HttpClient client;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        TestApp app = TestApp.in(folder);
        server = app.open(app.init().withWorkers(1).withBodyLimit(5_000_000));
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @BeforeEach
    void start() throws Exception {
        // sets a header when the rest of the chain has returned, as Spring Security does
        Filter late = (request, response, chain) -> {
            chain.doFilter(request, response);
            String query = ((HttpServletRequest) request).getQueryString();
            if (!String.valueOf(query).startsWith("late")) return;
            ask("/open?" + query);
            ((HttpServletResponse) response).setHeader("x-late", "set");
        };
        HttpServlet api = new HttpServlet() {
            @Override
            protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                response.getWriter().print("from the servlet");
            }

            @Override
            protected void doPost(HttpServletRequest request, HttpServletResponse response)
                    throws IOException, ServletException {
                if (request.getPathInfo().equals("/error")) response.sendError(418);
                else request.getRequestDispatcher(request.getParameter("to")).forward(request, response);
            }
        };
        Filter filter = new KitbridgeFilter(server, request -> Map.of("path", request.getRequestURI()));
        container = Container.start(name, temp, api, List.of(late, filter));
        boolean isHttp2 = name.endsWith("h2");
        client = HttpClient.newBuilder()
                .version(isHttp2 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .build();
        // the JDK's client switches to HTTP/2 with its first request
        HttpResponse<String> first = get("/file.txt");
        assertThat(first.version()).isEqualTo(client.version());
    }

    @AfterEach
    void stop() throws Exception {
        container.stop();
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(container.address().resolve(target)).timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> get(String target) throws Exception {
        return client.send(request(target).build(), BodyHandlers.ofString());
    }

    @Test
    void filesAndPagesAreAnswered() throws Exception {
        HttpResponse<String> file = get("/file.txt");
        assertThat(file.body()).isEqualTo("a file");
        assertThat(file.headers().firstValue("etag")).isPresent();
        assertThat(file.headers().firstValue("content-length")).hasValue("6");
        HttpResponse<String> page = get("/url?a=%20b");
        assertThat(page.body()).isEqualTo("GET " + container.address() + "/url?a=%20b");
        assertThat(get("/empty").statusCode()).isEqualTo(204);
        assertThat(get("/nothing").statusCode()).isEqualTo(404);
        assertThat(get("/platform").body()).contains("\"attributes\":{\"path\":\"/platform\"}");
    }

    @Test
    void headHasTheFieldsOfGet() throws Exception {
        HttpRequest head =
                request("/file.txt").method("HEAD", BodyPublishers.noBody()).build();
        HttpResponse<String> response = client.send(head, BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-length")).hasValue("6");
        assertThat(response.body()).isEmpty();
    }

    @Test
    void aServletWithItsOwnMappingAnswersItself() throws Exception {
        assertThat(get("/api/x").body()).isEqualTo("from the servlet");
    }

    @Test
    void aServletForwardsToAPage() throws Exception {
        assertThat(post("/api/forward?to=/url%3Fa=b").body()).startsWith("GET " + container.address() + "/url?a=b");
        assertThat(post("/api/forward?to=/file.txt").body()).isEqualTo("a file");
        assertThat(post("/api/forward?to=/platform").body()).contains("\"attributes\":{\"path\":\"/platform\"}");
        assertThat(post("/api/forward?to=/large").body()).hasSize(3_000_000);
        assertThat(post("/api/forward?to=/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void anErrorPageOfTheApplicationIsAPage() throws Exception {
        HttpResponse<String> response = post("/api/error");
        assertThat(response.statusCode()).isEqualTo(418);
        assertThat(response.body()).isEqualTo("GET " + container.address() + "/url");
    }

    private HttpResponse<String> post(String target) throws Exception {
        HttpRequest post = request(target).POST(BodyPublishers.ofString("a=1")).build();
        return client.send(post, BodyHandlers.ofString());
    }

    @Test
    void filtersHaveReturnedBeforeAPageIsSent() throws Exception {
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> response = get("/waits?late" + name + i);
            assertThat(response.body()).isEqualTo("after late" + name + i);
            assertThat(response.headers().firstValue("x-late")).hasValue("set");
        }
        assertThat(get("/cookies").headers().allValues("set-cookie")).containsExactly("a=1; Path=/", "b=2, 3; Path=/");
    }

    @Test
    void largeBodiesArePassedOnBothWays() throws Exception {
        assertThat(get("/large").body()).hasSize(3_000_000);
        byte[] content = new byte[4_000_000];
        new Random(1).nextBytes(content);
        HttpRequest sized =
                request("/echo").POST(BodyPublishers.ofByteArray(content)).build();
        assertThat(client.send(sized, BodyHandlers.ofByteArray()).body()).isEqualTo(content);
        HttpRequest chunked = request("/echo")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(content)))
                .build();
        assertThat(client.send(chunked, BodyHandlers.ofByteArray()).body()).isEqualTo(content);
    }

    @Test
    void aBodyBeyondTheLimitIsAnsweredWith413() throws Exception {
        HttpRequest request = request("/text")
                .POST(BodyPublishers.ofByteArray(new byte[5_000_001]))
                .build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
    }

    @Test
    void aStreamArrivesPieceByPiece() throws Exception {
        HttpResponse<InputStream> response = client.send(request("/first").build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            assertThat(body.readNBytes(5)).asString().isEqualTo("first");
            assertThat(get("/open?first").body()).isEqualTo("open");
            assertThat(body.readAllBytes()).asString().isEqualTo("second");
        }
    }

    @Test
    void aResponseThatBreaksOffDoesNotSeemComplete() throws Exception {
        for (String kind : List.of("chunked", "sized")) {
            String gate = kind + name;
            HttpResponse<InputStream> response =
                    client.send(request("/breaks?" + gate).build(), BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                assertThat(body.readNBytes(10)).hasSize(10);
                get("/open?" + gate);
                assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
            }
        }
        try (Socket socket = new Socket("127.0.0.1", container.address().getPort())) {
            String head = "GET /breaks?closed" + name + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            get("/open?closed" + name);
            String answer = "";
            try {
                answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            } catch (SocketException e) {
                // reset
            }
            assertThat(answer).doesNotEndWith("0\r\n\r\n");
        }
        assertThat(get("/file.txt").body()).isEqualTo("a file");
    }

    @Test
    void anIdleStreamOutlivesTheTimeoutOfTheConnection() throws Exception {
        HttpResponse<InputStream> response =
                client.send(request("/first?idle" + name).build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            assertThat(body.readNBytes(5)).asString().isEqualTo("first");
            Thread.sleep(2 * Container.IDLE_MILLIS);
            get("/open?idle" + name);
            assertThat(body.readAllBytes()).asString().isEqualTo("second");
        }
        CompletableFuture<HttpResponse<String>> page =
                client.sendAsync(request("/waits?idle-page" + name).build(), BodyHandlers.ofString());
        Thread.sleep(2 * Container.IDLE_MILLIS);
        get("/open?idle-page" + name);
        assertThat(page.get().body()).isEqualTo("after idle-page" + name);
    }

    @Test
    void aClientThatLeavesStopsItsStream() throws Exception {
        int before = abortedStreams();
        HttpResponse<InputStream> response = client.send(request("/endless").build(), BodyHandlers.ofInputStream());
        response.body().close();
        Await.until("the stream's end", () -> abortedStreams() > before);
    }

    private static int abortedStreams() {
        return ask("/aborted").split("stream", -1).length;
    }

    /** Asks the app without the container. */
    private static String ask(String target) {
        Request request = Request.get("http://localhost", target, Headers.EMPTY);
        return TestApp.text(server.respond(request, RespondOptions.of("")).join());
    }
}
