package dev.kitbridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fetch} of the app for its own origin. */
@ParameterizedClass
@ValueSource(strings = {"http", "https"})
class LoopbackTest {

    @Parameter
    String scheme;

    private static Server server;

    /** Secrets of the renderings that have begun and not ended. */
    private final Set<String> renderings = ConcurrentHashMap.newKeySet();

    private HttpServer front;
    private RespondOptions options;

    @BeforeAll
    static void open(@TempDir Path temp) throws Exception {
        TestApp app = TestApp.in(temp);
        server = app.open(app.init().withWorkers(1));
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @BeforeEach
    void start(@TempDir Path temp) throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (scheme.equals("https")) {
            HttpsServer secure = HttpsServer.create(address, 0);
            secure.setHttpsConfigurator(
                    new HttpsConfigurator(TestCertificate.make(temp, "EC").context()));
            front = secure;
        } else {
            front = HttpServer.create(address, 0);
        }
        front.createContext("/", LoopbackTest::answer);
        front.start();
        URI url = URI.create(scheme + "://127.0.0.1:" + front.getAddress().getPort());
        options = RespondOptions.of("192.0.2.1").withLoopback(new CountingLoopback(url, renderings));
    }

    @AfterEach
    void stop() {
        front.stop(0);
    }

    /** Each rendering gets the same secret. */
    private record CountingLoopback(URI url, Set<String> renderings) implements RespondOptions.Loopback {
        @Override
        public Map<String, String> begin() {
            renderings.add("s3cret");
            return Map.of("x-secret", "s3cret");
        }

        @Override
        public void end(Map<String, String> headers) {
            renderings.remove(headers.get("x-secret"));
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestURI().toString();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        switch (target) {
            case "/api/see-other" -> exchange.getResponseHeaders().add("location", "/api/found?x=1");
            case "/api/again" -> exchange.getResponseHeaders().add("location", Requests.ORIGIN + "/api/kept");
            case "/api/endless" -> exchange.getResponseHeaders().add("location", "/api/endless");
            default -> {}
        }
        String text = exchange.getRequestMethod() + " " + target + " for "
                + exchange.getRequestHeaders().getFirst("x-visitor") + " "
                + exchange.getRequestHeaders().getFirst("x-secret") + " " + body;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (target.equals("/api/zipped")) {
            exchange.getResponseHeaders().add("content-encoding", "gzip");
            bytes = gzip(bytes);
        }
        if (target.equals("/api/nothing")) {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            return;
        }
        int status = target.equals("/api/see-other") ? 303 : target.matches("/api/(again|endless)") ? 307 : 418;
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }

    private String fetch(String method, String url, String body) throws Exception {
        Headers headers = Headers.of("x-visitor", "anna", "content-length", "" + body.length());
        Request request = Request.of(
                method,
                Requests.ORIGIN,
                "/fetch?url=" + url,
                headers,
                body.isEmpty()
                        ? null
                        : new Body.Bytes(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8))).publisher());
        Response response = server.respond(request, options).get(30, TimeUnit.SECONDS);
        String text = TestApp.text(response);
        Await.until("the end of the rendering", renderings::isEmpty);
        return text;
    }

    @Test
    void aFetchOfTheOwnOriginGoesToTheLoopbackAddress() throws Exception {
        assertThat(fetch("GET", "/api/tides%3Fday=1", "")).isEqualTo("418 GET /api/tides?day=1 for anna s3cret ");
        assertThat(fetch("POST", "/api/tides", "name=Adze")).isEqualTo("418 POST /api/tides for anna s3cret name=Adze");
    }

    @Test
    void aBodyMayBeCompressedOrMissing() throws Exception {
        assertThat(fetch("GET", "/api/zipped", "")).isEqualTo("418 GET /api/zipped for anna s3cret ");
        assertThat(fetch("GET", "/api/nothing", "")).isEqualTo("204 ");
    }

    @Test
    void redirectsStayInsideAndKeepTheirRules() throws Exception {
        assertThat(fetch("POST", "/api/see-other", "x=1")).startsWith("418 GET /api/found?x=1 for");
        assertThat(fetch("POST", "/api/again", "x=1"))
                .startsWith("418 POST /api/kept for")
                .endsWith(" x=1");
        assertThat(fetch("GET", "/api/endless", "")).contains("Error");
    }

    @Test
    void otherOriginsAreFetchedAsAlways() throws Exception {
        String other = scheme + "://127.0.0.1:" + front.getAddress().getPort() + "/direct";
        // the certificate of another origin is checked
        String expected = scheme.equals("http") ? "418 GET /direct for anna null " : "Internal Error";
        assertThat(fetch("GET", other, "")).isEqualTo(expected);
    }
}
