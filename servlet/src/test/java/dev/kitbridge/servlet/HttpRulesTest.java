package dev.kitbridge.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Await;
import dev.kitbridge.server.Server;
import dev.kitbridge.server.TestApp;
import jakarta.servlet.Filter;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The requirements of HTTP and of the Servlet specification for a front. */
@Timeout(60)
@ParameterizedClass
@ValueSource(strings = {"tomcat", "jetty", "tomcat-h2", "jetty-h2"})
class HttpRulesTest {

    private static final long UPLOAD = 300L << 20;

    /** More than the buffers of a connection take. */
    private static final byte[] LARGE = new byte[64 << 20];

    private static TestApp test;
    private static Server server;

    @Parameter
    String name;

    @TempDir
    Path temp;

    private ServedApp app;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        new Random(1).nextBytes(LARGE);
        test = TestApp.in(folder).withFile("large.bin", LARGE);
        server = test.open(test.init().withWorkers(1).withBodyLimit(UPLOAD));
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private void start(Filter... before) throws Exception {
        List<Filter> filters = new ArrayList<>(List.of(before));
        filters.add(new KitbridgeFilter(server, request -> {
            if (request.getRequestURI().equals("/hello")) throw new IllegalStateException("no attributes");
            return Map.of();
        }));
        app = ServedApp.start(name, temp, new HttpServlet() {}, filters);
    }

    @AfterEach
    void stop() throws Exception {
        app.stop();
    }

    /** Sends bytes over a socket, and returns all that the container answers. */
    private String raw(String bytes) throws IOException {
        try (Socket socket = app.connect()) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void assertThatFilterFails(String target) throws Exception {
        try {
            assertThat(app.get(target).statusCode()).isEqualTo(500);
        } catch (IOException e) {
            // Jetty 12.1 may reset the stream at the end of the response, for any filter that throws
            assertThat(name).isEqualTo("jetty-h2");
            assertThat(e).hasMessageContaining("RST_STREAM");
        }
    }

    private String status(String target) throws IOException {
        String answer = raw("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        return answer.substring(9, 12) + " " + answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private static String ask(String target) {
        return ServedApp.ask(server, target);
    }

    @Test
    void rangesAndConditionalRequests() throws Exception {
        start();
        HttpResponse<String> part = app.get("/file.txt", "range", "bytes=2-3");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("fi");
        assertThat(part.headers().firstValue("content-range")).hasValue("bytes 2-3/6");
        HttpResponse<String> none = app.get("/file.txt", "range", "bytes=9-");
        assertThat(none.statusCode()).isEqualTo(416);
        assertThat(none.headers().firstValue("content-range")).hasValue("bytes */6");
        String tag = app.get("/file.txt").headers().firstValue("etag").orElseThrow();
        HttpResponse<String> same = app.get("/file.txt", "if-none-match", tag);
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
    }

    @Test
    void aSlowClientGetsALargeFileWhileOthersAreServed() throws Exception {
        start();
        for (int offset : List.of(0, 1 << 20)) {
            HttpRequest.Builder request = app.request("/large.bin");
            if (offset > 0) request.header("range", "bytes=" + offset + "-");
            HttpResponse<InputStream> response = app.send(request, BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(offset > 0 ? 206 : 200);
            try (InputStream body = response.body()) {
                byte[] first = body.readNBytes(100_000);
                for (int i = 0; i < 20; i++)
                    assertThat(app.get("/file.txt").body()).isEqualTo("a file");
                byte[] rest = body.readAllBytes();
                assertThat(first.length + rest.length).isEqualTo(LARGE.length - offset);
                assertThat(Arrays.equals(first, Arrays.copyOfRange(LARGE, offset, offset + first.length)))
                        .isTrue();
                assertThat(Arrays.equals(rest, Arrays.copyOfRange(LARGE, offset + first.length, LARGE.length)))
                        .isTrue();
            }
        }
    }

    @Test
    void headHasTheFieldsOfGet() throws Exception {
        start();
        assertThat(head("/hello?").statusCode()).isEqualTo(500);
        HttpResponse<String> page = head("/url");
        assertThat(page.statusCode()).isEqualTo(200);
        HttpResponse<String> stream = head("/first?head");
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.headers().firstValue("content-length")).isEmpty();
    }

    private HttpResponse<String> head(String target) throws Exception {
        return app.send(app.request(target).method("HEAD", BodyPublishers.noBody()), BodyHandlers.ofString());
    }

    @Test
    void ambiguousPathsAreRejected() throws Exception {
        start();
        assertThat(status("/url")).startsWith("200 ").contains("GET http://localhost/url");
        assertThat(status("/url?a;b=//%2e%2e/")).startsWith("200 ").contains("/url?a;b=//%2e%2e/");
        // both the container and the app take them for /url
        assertThat(status("/x;/../url")).startsWith("200 ");
        assertThat(status("/x/../url")).startsWith("200 ");
        for (String target :
                List.of("/x/..;/url", "/url;a=b", "//url", "/x%2f..%2furl", "/x\\..\\url", "/%ff", "/%zz", "/%00")) {
            assertThat(status(target)).as(target).startsWith("400 ");
        }
        // Jetty has no sessions in this test
        if (name.startsWith("tomcat"))
            assertThat(status("/url;jsessionid=A1")).startsWith("200 ").contains("GET http://localhost/url");
    }

    @Test
    void aClientMayWaitForContinue() throws Exception {
        start();
        HttpRequest.Builder request =
                app.request("/echo").expectContinue(!name.endsWith("h2")).POST(BodyPublishers.ofString("body"));
        assertThat(app.send(request, BodyHandlers.ofString()).body()).isEqualTo("body");
    }

    @Test
    void aMalformedBodyIsAnsweredWith400() throws Exception {
        start();
        String answer =
                raw("POST /text HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\nzz\r\n");
        // Tomcat closes the connection when it reads the bad chunk
        assertThat(answer).matches("(HTTP/1.1 400(?s:.*))?");
        assertThat(app.get("/file.txt").body()).isEqualTo("a file");
    }

    @Test
    void faultsOfTheApplicationAreAnsweredWith500() throws Exception {
        Filter refusing = (request, response, chain) ->
                chain.doFilter(request, new HttpServletResponseWrapper((HttpServletResponse) response) {
                    @Override
                    public void setHeader(String field, String value) {
                        if (field.equals("content-type")) throw new IllegalStateException("no " + field);
                        super.setHeader(field, value);
                    }
                });
        start(refusing);
        assertThatFilterFails("/hello");
        assertThat(app.get("/platform").statusCode()).isEqualTo(500);
        assertThat(app.get("/empty").statusCode()).isEqualTo(204);
    }

    @Test
    void aFilterWithoutAsyncSupportIsAnError() throws Exception {
        start((Container.Synchronous) (request, response, chain) -> chain.doFilter(request, response));
        assertThatFilterFails("/never");
        assertThat(app.get("/file.txt").body()).isEqualTo("a file");
    }

    @Test
    void filtersAddCookiesAndAPrincipal() throws Exception {
        Filter session = (request, response, chain) -> {
            ((HttpServletResponse) response).addCookie(new Cookie("session", "1"));
            chain.doFilter(
                    new HttpServletRequestWrapper((HttpServletRequest) request) {
                        @Override
                        public Principal getUserPrincipal() {
                            return () -> "anna";
                        }
                    },
                    response);
        };
        start(session);
        assertThat(app.get("/cookies").headers().allValues("set-cookie"))
                .containsExactly("session=1", "a=1; Path=/", "b=2, 3; Path=/");
        assertThat(app.get("/platform").body()).contains("\"principal\":{\"name\":\"anna\"}");
    }

    @Test
    void aLargeUploadWaitsForTheApp() throws Exception {
        start();
        AtomicLong sent = new AtomicLong();
        InputStream content = new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                long left = UPLOAD - sent.get();
                int count = (int) Math.min(length, left);
                sent.addAndGet(count);
                return left == 0 ? -1 : count;
            }
        };
        HttpRequest.Builder upload = app.request("/slow-reader?upload" + name)
                .timeout(Duration.ofSeconds(50))
                .POST(BodyPublishers.ofInputStream(() -> content));
        CompletableFuture<HttpResponse<String>> response = app.sendAsync(upload);
        Await.until("the first piece", () -> sent.get() > 0);
        Thread.sleep(1000);
        assertThat(sent.get()).isLessThan(32L << 20);
        ask("/open?upload" + name);
        assertThat(response.get().body()).isEqualTo(String.valueOf(UPLOAD));
    }

    @Test
    void aClientThatLeavesDuringItsUploadStopsTheApp() throws Exception {
        start();
        int before = ask("/aborted").split("request", -1).length;
        long arrived = arrived();
        if (name.endsWith("h2")) {
            CompletableFuture<?> page = app.sendAsync(app.request("/never"));
            Await.until("the request", () -> arrived() > arrived);
            page.cancel(true);
        } else {
            try (Socket socket = app.connect()) {
                String head = "POST /never HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nbody";
                socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
                Await.until("the request", () -> arrived() > arrived);
            }
        }
        Await.until("the app's signal", () -> ask("/aborted").split("request", -1).length > before);
    }

    /** Returns how many requests without an answer the app has got. */
    private static long arrived() {
        return test.output.stream().filter("never answers"::equals).count();
    }
}
