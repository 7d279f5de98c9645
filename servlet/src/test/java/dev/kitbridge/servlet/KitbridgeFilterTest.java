package dev.kitbridge.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.server.Await;
import dev.kitbridge.server.Server;
import dev.kitbridge.server.TestApp;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

    private ServedApp app;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        TestApp test = TestApp.in(folder);
        server = test.open(test.init().withWorkers(1).withBodyLimit(5_000_000));
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
                response.getOutputStream().print("from the servlet");
            }

            @Override
            protected void doPost(HttpServletRequest request, HttpServletResponse response)
                    throws IOException, ServletException {
                if (request.getPathInfo().equals("/error")) response.sendError(418);
                else request.getRequestDispatcher(request.getParameter("to")).forward(request, response);
            }
        };
        Filter filter = new KitbridgeFilter(server, request -> Map.of("path", request.getRequestURI()));
        app = ServedApp.start(name, temp, api, List.of(late, KitbridgeFilterTest::keep, filter));
    }

    /** Keeps the content of the response until the rest of the chain has returned, and adds to it. */
    private static void keep(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!"kept".equals(((HttpServletRequest) request).getQueryString())) {
            chain.doFilter(request, response);
            return;
        }
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        ServletOutputStream stream = new ServletOutputStream() {
            @Override
            public void write(int b) {
                kept.write(b);
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                // never calls it, as filters that know of no asynchronous responses
            }
        };
        chain.doFilter(request, new HttpServletResponseWrapper((HttpServletResponse) response) {
            @Override
            public ServletOutputStream getOutputStream() {
                return stream;
            }

            @Override
            public void setContentLengthLong(long length) {}
        });
        response.getOutputStream().write(kept.toByteArray());
        response.getOutputStream().print(" and the filter");
    }

    @Test
    void aFilterMayKeepTheResponse() throws Exception {
        assertThat(app.get("/file.txt?kept").body()).isEqualTo("a file and the filter");
        assertThat(app.get("/url?kept").body()).isEqualTo("GET " + app.address() + "/url?kept and the filter");
        String body = "x".repeat(200_000);
        HttpRequest.Builder text = app.request("/text?kept").POST(BodyPublishers.ofString(body));
        assertThat(app.send(text, BodyHandlers.ofString()).body()).isEqualTo(body + " and the filter");
        // responds before it has read the body, whose rest may be lost then; the client gets a response
        HttpRequest.Builder echo = app.request("/echo?kept").POST(BodyPublishers.ofString(body));
        assertThat(app.send(echo, BodyHandlers.ofString()).statusCode()).isIn(200, 500);
    }

    @AfterEach
    void stop() throws Exception {
        app.stop();
    }

    @Test
    void filesAndPagesAreAnswered() throws Exception {
        HttpResponse<String> file = app.get("/file.txt");
        assertThat(file.body()).isEqualTo("a file");
        assertThat(file.headers().firstValue("etag")).isPresent();
        assertThat(file.headers().firstValue("content-length")).hasValue("6");
        HttpResponse<String> page = app.get("/url?a=%20b");
        assertThat(page.body()).isEqualTo("GET " + app.address() + "/url?a=%20b");
        assertThat(app.get("/empty").statusCode()).isEqualTo(204);
        assertThat(app.get("/nothing").statusCode()).isEqualTo(404);
        assertThat(app.get("/platform").body()).contains("\"attributes\":{\"path\":\"/platform\"}");
    }

    @Test
    void headHasTheFieldsOfGet() throws Exception {
        HttpRequest.Builder head = app.request("/file.txt").method("HEAD", BodyPublishers.noBody());
        HttpResponse<String> response = app.send(head, BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-length")).hasValue("6");
        assertThat(response.body()).isEmpty();
    }

    @Test
    void aServletWithItsOwnMappingAnswersItself() throws Exception {
        assertThat(app.get("/api/x").body()).isEqualTo("from the servlet");
    }

    @Test
    void aServletForwardsToAPage() throws Exception {
        assertThat(post("/api/forward?to=/url%3Fa=b").body()).startsWith("GET " + app.address() + "/url?a=b");
        assertThat(post("/api/forward?to=/file.txt").body()).isEqualTo("a file");
        assertThat(post("/api/forward?to=/platform").body()).contains("\"attributes\":{\"path\":\"/platform\"}");
        assertThat(post("/api/forward?to=/large").body()).hasSize(3_000_000);
        assertThat(post("/api/forward?to=/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void anErrorPageOfTheApplicationIsAPage() throws Exception {
        HttpResponse<String> response = post("/api/error");
        assertThat(response.statusCode()).isEqualTo(418);
        assertThat(response.body()).isEqualTo("GET " + app.address() + "/url");
    }

    private HttpResponse<String> post(String target) throws Exception {
        return app.send(app.request(target).POST(BodyPublishers.ofString("a=1")), BodyHandlers.ofString());
    }

    @Test
    void filtersHaveReturnedBeforeAPageIsSent() throws Exception {
        for (int i = 0; i < 20; i++) {
            HttpResponse<String> response = app.get("/waits?late" + name + i);
            assertThat(response.body()).isEqualTo("after late" + name + i);
            assertThat(response.headers().firstValue("x-late")).hasValue("set");
        }
        assertThat(app.get("/cookies").headers().allValues("set-cookie"))
                .containsExactly("a=1; Path=/", "b=2, 3; Path=/");
    }

    @Test
    void largeBodiesArePassedOnBothWays() throws Exception {
        assertThat(app.get("/large").body()).hasSize(3_000_000);
        byte[] content = new byte[4_000_000];
        new Random(1).nextBytes(content);
        HttpRequest.Builder sized = app.request("/echo").POST(BodyPublishers.ofByteArray(content));
        assertThat(app.send(sized, BodyHandlers.ofByteArray()).body()).isEqualTo(content);
        HttpRequest.Builder chunked =
                app.request("/echo").POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(content)));
        assertThat(app.send(chunked, BodyHandlers.ofByteArray()).body()).isEqualTo(content);
    }

    @Test
    void aBodyBeyondTheLimitIsAnsweredWith413() throws Exception {
        HttpRequest.Builder request = app.request("/text").POST(BodyPublishers.ofByteArray(new byte[5_000_001]));
        assertThat(app.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
    }

    @Test
    void aStreamArrivesPieceByPiece() throws Exception {
        HttpResponse<InputStream> response = app.send(app.request("/first"), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            assertThat(body.readNBytes(5)).asString().isEqualTo("first");
            assertThat(app.get("/open?first").body()).isEqualTo("open");
            assertThat(body.readAllBytes()).asString().isEqualTo("second");
        }
    }

    @Test
    void aResponseThatBreaksOffDoesNotSeemComplete() throws Exception {
        for (String kind : List.of("chunked", "sized")) {
            String gate = kind + name;
            HttpResponse<InputStream> response = app.send(app.request("/breaks?" + gate), BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                assertThat(body.readNBytes(10)).hasSize(10);
                app.get("/open?" + gate);
                assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
            }
        }
        try (Socket socket = app.connect()) {
            String head = "GET /breaks?closed" + name + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            app.get("/open?closed" + name);
            String answer = "";
            try {
                answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            } catch (SocketException e) {
                // reset
            }
            assertThat(answer).doesNotEndWith("0\r\n\r\n").doesNotContain("from the servlet");
        }
        assertThat(app.get("/file.txt").body()).isEqualTo("a file");
    }

    @Test
    void anIdleStreamOutlivesTheTimeoutOfTheConnection() throws Exception {
        HttpResponse<InputStream> response = app.send(app.request("/first?idle" + name), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            assertThat(body.readNBytes(5)).asString().isEqualTo("first");
            Thread.sleep(2 * Container.IDLE_MILLIS);
            app.get("/open?idle" + name);
            assertThat(body.readAllBytes()).asString().isEqualTo("second");
        }
        CompletableFuture<HttpResponse<String>> page = app.sendAsync(app.request("/waits?idle-page" + name));
        Thread.sleep(2 * Container.IDLE_MILLIS);
        app.get("/open?idle-page" + name);
        assertThat(page.get().body()).isEqualTo("after idle-page" + name);
    }

    @Test
    void aClientThatLeavesStopsItsStream() throws Exception {
        int before = abortedStreams();
        HttpResponse<InputStream> response = app.send(app.request("/endless"), BodyHandlers.ofInputStream());
        response.body().close();
        Await.until("the stream's end", () -> abortedStreams() > before);
    }

    private static int abortedStreams() {
        return ask("/aborted").split("stream", -1).length;
    }

    private static String ask(String target) {
        return ServedApp.ask(server, target);
    }
}
