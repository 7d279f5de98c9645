package dev.kitbridge.adapters.jvm.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapters.jvm.run.failure.Refusal;
import dev.kitbridge.adapters.jvm.run.front.TestCertificates;
import dev.kitbridge.adapters.jvm.run.settings.Environment;
import dev.kitbridge.adapters.jvm.run.settings.Settings;
import dev.kitbridge.server.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The whole run half but its main method, with real sockets and real workers. */
@Timeout(120)
class InstanceTest {

    @TempDir
    Path temp;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private TestApp app;
    private Instance instance;

    @BeforeEach
    void write() throws IOException {
        app = TestApp.write(temp.resolve("app"));
    }

    @AfterEach
    void stop() {
        if (instance != null) instance.stop("SIGTERM");
    }

    private Instance start(String... namesAndValues) throws Exception {
        Map<String, String> values = new HashMap<>(Map.of("HOST", "127.0.0.1", "PORT", "0", "WORKERS", "1"));
        for (int i = 0; i < namesAndValues.length; i += 2) values.put(namesAndValues[i], namesAndValues[i + 1]);
        Settings settings = Settings.of(new Environment(values, ""));
        instance = Instance.start(settings, "", () -> app.open(settings.workers()), out, () -> {});
        return instance;
    }

    private RawClient client() throws IOException {
        return new RawClient(instance.socket());
    }

    private static HttpResponse<String> get(String url, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) request.headers(headers);
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void requestsThatComeBeforeTheAppIsOpenAreAnsweredThen() throws Exception {
        Path socket = temp.resolve("early");
        Settings settings = Settings.of(new Environment(Map.of("SOCKET_PATH", socket.toString(), "WORKERS", "1"), ""));
        List<RawClient> early = new ArrayList<>();
        instance = Instance.start(
                settings,
                "",
                () -> {
                    for (String target : List.of("/file.txt", "/echo")) {
                        early.add(new RawClient(UnixDomainSocketAddress.of(socket)).get(target));
                    }
                    return app.open(1);
                },
                out,
                () -> {});
        for (RawClient client : early) {
            try (client) {
                assertThat(client.response()).startsWith("HTTP/1.1 200");
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> json(String text) {
        return (Map<String, Object>) Json.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void filesAndPagesComeOverBothVersionsOfHttp() throws Exception {
        String address = start().address();

        // Java's client asks for an upgrade to HTTP/2
        assertThat(get(address + "/file.txt").body()).isEqualTo("a file\n");
        HttpResponse<String> page = get(address + "/echo");
        assertThat(page.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(json(page.body()).get("url")).isEqualTo("https://" + address.substring(7) + "/echo");
        assertThat(json(page.body()).get("address")).isEqualTo("127.0.0.1");
        try (RawClient client = client()) {
            assertThat(client.get("/file.txt").response())
                    .startsWith("HTTP/1.1 200")
                    .endsWith("a file\n");
            assertThat(client.get("/echo").response()).contains("\"url\":\"https://a.test/echo\"");
        }
    }

    @Test
    void tlsBringsHttp2() throws Exception {
        TestCertificates made = TestCertificates.make(temp, "EC");
        start(
                "TLS_CERT",
                made.writeCertificate(temp.resolve("cert.pem")).toString(),
                "TLS_KEY",
                made.writeKey(temp.resolve("key.pem")).toString());
        assertThat(instance.address()).startsWith("https://127.0.0.1:");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", made.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);

        for (HttpClient.Version version : HttpClient.Version.values()) {
            HttpClient client =
                    HttpClient.newBuilder().sslContext(context).version(version).build();
            URI uri = URI.create(instance.address() + "/echo");
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.version()).isEqualTo(version);
            assertThat(json(answer.body())).containsEntry("url", uri.toString());
        }
        int port = ((InetSocketAddress) instance.socket()).getPort();
        assertThat(Check.get(new InetSocketAddress("127.0.0.1", port), true, "localhost", "/file.txt"))
                .isEqualTo(200);
    }

    @Test
    void aClientThatLeavesATlsConnectionCancelsItsPage() throws Exception {
        TestCertificates made = TestCertificates.make(temp, "EC");
        start(
                "TLS_CERT",
                made.writeCertificate(temp.resolve("cert.pem")).toString(),
                "TLS_KEY",
                made.writeKey(temp.resolve("key.pem")).toString());
        SSLContext context = Check.trusting();
        int port = ((InetSocketAddress) instance.socket()).getPort();
        try (Socket socket = context.getSocketFactory().createSocket("127.0.0.1", port)) {
            for (String request : List.of("/hold?ms=600", "/hold?ms=0", "/hold?ms=600", "/hold")) {
                socket.getOutputStream()
                        .write(("GET " + request + " HTTP/1.1\r\nhost: a.test\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                if (request.equals("/hold")) break;
                StringBuilder answer = new StringBuilder();
                while (answer.indexOf("held") < 0) {
                    int next = socket.getInputStream().read();
                    if (next < 0) throw new IOException(request + ": the connection ended after '" + answer + "'");
                    answer.append((char) next);
                }
            }
            app.awaitLine("holding ");
        }
        app.awaitLine("aborted");
    }

    @Test
    void aClientThatResetsItsHttp2StreamCancelsItsPage() throws Exception {
        start();
        HttpClient client = HttpClient.newHttpClient();
        // the upgrade to HTTP/2 comes with the first request
        client.send(
                HttpRequest.newBuilder(URI.create(instance.address() + "/file.txt"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        CompletableFuture<HttpResponse<String>> page = client.sendAsync(
                HttpRequest.newBuilder(URI.create(instance.address() + "/hold")).build(),
                HttpResponse.BodyHandlers.ofString());
        app.awaitLine("holding ");

        page.cancel(true);

        app.awaitLine("aborted");
    }

    @Test
    void traceparentReachesTheAppAndTheLog() throws Exception {
        start("ACCESS_LOG", "json");
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        assertThat(get(instance.address() + "/echo", "traceparent", trace).body())
                .contains(trace);
        instance.stop("SIGTERM");

        Map<String, Object> line = json(out.toString(StandardCharsets.UTF_8));
        assertThat(line)
                .containsEntry("traceparent", trace)
                .containsEntry("method", "GET")
                .containsEntry("target", "/echo")
                .containsEntry("source", "worker")
                .containsEntry("client", "127.0.0.1")
                .containsEntry("host", instance.address().substring(7));
        assertThat(((Number) line.get("status")).intValue()).isEqualTo(200);
    }

    @Test
    void theCombinedFormatQuotesWhatClientsSend() throws Exception {
        start("ACCESS_LOG", "combined");

        try (RawClient client = client()) {
            client.send("GET /file.txt?q HTTP/1.1\r\nhost: a.test\r\nuser-agent: a \"b\" \\c\r\n\r\n")
                    .response();
        }
        instance.stop("SIGTERM");

        assertThat(out.toString(StandardCharsets.UTF_8))
                .matches("127\\.0\\.0\\.1 - - \\[\\d\\d/\\w{3}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000]"
                        + " \"GET /file\\.txt\\?q HTTP/1\\.1\" 200 7 \"-\" \"a \\\\\"b\\\\\" \\\\\\\\c\"\n");
    }

    @Test
    void otherHostsAreMisdirectedEvenForFiles() throws Exception {
        start("ALLOWED_HOSTS", "a.test");

        try (RawClient client = client()) {
            assertThat(client.get("/file.txt").response()).startsWith("HTTP/1.1 200");
            assertThat(client.send("GET /file.txt HTTP/1.1\r\nhost: b.test\r\n\r\n")
                            .response())
                    .startsWith("HTTP/1.1 421");
        }
    }

    @Test
    void headersOfUntrustedProxiesDoNotReachTheApp() throws Exception {
        start("TRUSTED_PROXIES", "10.0.0.0/8");

        try (RawClient client = client()) {
            String answer = client.send("GET /echo HTTP/1.1\r\nhost: a.test\r\nx-forwarded-for: 1.1.1.1\r\n"
                            + "x-forwarded-host: b.test\r\nforwarded: for=2.2.2.2\r\n\r\n")
                    .response();
            assertThat(answer)
                    .contains("\"url\":\"http://a.test/echo\"", "\"address\":\"127.0.0.1\"")
                    .doesNotContain("1.1.1.1", "2.2.2.2", "b.test");
        }
    }

    @Test
    void aUnixSocketTakesThePlaceOfAStaleOne() throws Exception {
        Path socket = temp.resolve("s");
        Files.createFile(socket);

        start("SOCKET_PATH", socket.toString());

        assertThat(instance.address()).isEqualTo(socket.toString());
        try (RawClient client = new RawClient(UnixDomainSocketAddress.of(socket))) {
            assertThat(client.get("/file.txt").response()).endsWith("a file\n");
            assertThat(client.get("/echo").response()).contains("\"address\":\"\"");
        }
        instance.stop("SIGTERM");
        assertThat(socket).doesNotExist();
    }

    @Test
    void aFileWithContentIsNoSocket() throws Exception {
        Path file = Files.writeString(temp.resolve("precious"), "x");

        assertThatThrownBy(() -> start("SOCKET_PATH", file.toString()))
                .isInstanceOf(Refusal.class)
                .hasMessage("The environment variable SOCKET_PATH is '" + file
                        + "', which is a file with content; it accepts a path where a socket can be made");
        assertThat(file).hasContent("x");
    }

    @Test
    void aSocketThatIsInUseIsLeftAlone() throws Exception {
        Path socket = temp.resolve("s");
        start("SOCKET_PATH", socket.toString());
        Instance first = instance;

        assertThatThrownBy(() -> start("SOCKET_PATH", socket.toString()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("somebody listens on it");
        assertThat(first.address()).isEqualTo(socket.toString());
        assertThat(socket).exists();
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", 0));
            String port = String.valueOf(taken.getLocalPort());

            assertThatThrownBy(() -> start("PORT", port))
                    .isInstanceOf(Refusal.class)
                    .hasMessage("Port " + port
                            + " of 127.0.0.1 is in use; end what listens there, or set PORT to another port");
            assertThatThrownBy(() -> start("MANAGEMENT_PORT", port))
                    .isInstanceOf(Refusal.class)
                    .hasMessage(
                            "Port " + port
                                    + " of 127.0.0.1 is in use; end what listens there, or set MANAGEMENT_PORT to another port");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsNamed() {
        assertThatThrownBy(() -> start("HOST", "192.0.2.1"))
                .isInstanceOf(Refusal.class)
                .hasMessage("The environment variable HOST is '192.0.2.1', which is no address of this machine;"
                        + " it accepts one that is: 0.0.0.0, 127.0.0.1, ::");
    }

    @Test
    void managementTellsHowItIs() throws Exception {
        start("MANAGEMENT_PORT", "0");
        String management = instance.managementAddress();
        get(instance.address() + "/echo");
        get(instance.address() + "/file.txt");

        assertThat(get(management + "/healthz").statusCode()).isEqualTo(200);
        assertThat(get(management + "/readyz").statusCode()).isEqualTo(200);
        assertThat(get(management + "/file.txt").statusCode()).isEqualTo(404);
        String metrics = get(management + "/metrics").body();
        assertThat(metrics)
                .contains(
                        "kitbridge_requests_seconds_count{source=\"worker\",status=\"200\"} 1",
                        "kitbridge_requests_seconds_count{source=\"asset\",status=\"200\"} 1",
                        "kitbridge_requests_seconds_bucket{source=\"asset\",status=\"200\",le=\"+Inf\"} 1",
                        "kitbridge_workers 1.0",
                        "kitbridge_workers_ready 1.0",
                        "kitbridge_worker_restarts_total 0.0",
                        "kitbridge_queue_requests 0.0",
                        "jvm_memory_used_bytes");
        assertThat(get(instance.address() + "/metrics").statusCode()).isEqualTo(404);
    }

    @Test
    void stoppingFinishesWhatIsBeingAnsweredAndClosesTheRest() throws Exception {
        start("MANAGEMENT_PORT", "0");
        try (RawClient idle = client();
                RawClient unused = client();
                RawClient busy = client()) {
            idle.get("/file.txt").response();
            busy.get("/hold?ms=1500");
            app.awaitLine("holding ?ms=1500");

            CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> instance.stop("SIGINT"));

            assertThat(idle.rest()).isEmpty();
            assertThat(unused.rest()).isEmpty();
            assertThat(get(instance.managementAddress() + "/readyz").statusCode())
                    .isEqualTo(503);
            assertThatThrownBy(() -> client()).isInstanceOf(IOException.class);
            assertThat(busy.response()).startsWith("HTTP/1.1 200").endsWith("held");
            assertThat(busy.rest()).isEmpty();
            app.awaitLine("shutdown SIGINT");
            stopped.get();
        }
    }

    @Test
    void whatTakesTooLongIsCutOff() throws Exception {
        start("SHUTDOWN_TIMEOUT", "0");
        try (RawClient busy = client()) {
            busy.get("/hold");
            app.awaitLine("holding ");

            instance.stop("SIGTERM");

            assertThat(busy.rest()).doesNotContain("held");
        }
    }

    @Test
    void aClientThatLeavesCancelsItsPage() throws Exception {
        start();
        try (RawClient client = client()) {
            client.get("/hold");
            app.awaitLine("holding ");
        }
        app.awaitLine("aborted");
    }

    @Test
    void aClientThatLeavesCancelsItsFormPost() throws Exception {
        start();
        try (RawClient client = client()) {
            client.send("POST /hold HTTP/1.1\r\nhost: a.test\r\ncontent-length: 3\r\n\r\na=b");
            app.awaitLine("holding ");
        }
        app.awaitLine("aborted");
    }

    @Test
    void aClientThatLeavesEndsItsEvents() throws Exception {
        start("ACCESS_LOG", "json");
        try (RawClient client = client()) {
            client.get("/events").until("data: 1\n\n");
        }
        app.awaitLine("events cancelled");
    }

    @Test
    void whatIsSentWhileAnAnswerIsAwaitedIsAnsweredNext() throws Exception {
        start();
        try (RawClient client = client()) {
            client.get("/hold?ms=1200");
            app.awaitLine("holding ?ms=1200");
            // long enough for the connection to be watched is not certain; both ways must work
            client.get("/file.txt").get("/echo");

            assertThat(client.response()).endsWith("held");
            assertThat(client.response()).endsWith("a file\n");
            assertThat(client.response()).contains("\"url\":\"https://a.test/echo\"");
            assertThat(client.get("/file.txt").response()).endsWith("a file\n");
        }
    }

    @Test
    void aConnectionGoesOnAfterALongAnswer() throws Exception {
        start();
        try (RawClient client = client()) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.get("/hold?ms=600").response()).endsWith("held");
                assertThat(client.get("/file.txt").response()).endsWith("a file\n");
            }
        }
    }

    @Test
    void aConnectionWaitsOnlySoLongForItsNextRequest() throws Exception {
        start("KEEP_ALIVE_TIMEOUT", "1");
        try (RawClient client = client()) {
            client.get("/file.txt").response();
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void theAnswerMayTakeLongerThanAConnectionMayBeIdle() throws Exception {
        start("KEEP_ALIVE_TIMEOUT", "1", "HEADERS_TIMEOUT", "1");
        try (RawClient client = client()) {
            assertThat(client.get("/hold?ms=2500").response()).endsWith("held");
        }
    }

    @Test
    void headersMustCome() throws Exception {
        start("HEADERS_TIMEOUT", "1");
        try (RawClient slow = client();
                RawClient silent = client()) {
            slow.send("GET / HTTP/1.1\r\nhost: a");
            assertThat(slow.rest()).startsWith("HTTP/1.1 408 Request Timeout\r\n");
            assertThat(silent.rest()).isEmpty();
        }
    }

    @Test
    void moreConnectionsThanThereMayBeWait() throws Exception {
        start("MAX_CONNECTIONS", "1");
        try (RawClient second = connectedAfterFirst()) {
            assertThat(second.response()).endsWith("a file\n");
        }
    }

    /** The first one is answered and closed while the second one waits. */
    private RawClient connectedAfterFirst() throws IOException {
        try (RawClient first = client()) {
            first.get("/file.txt").response();
            RawClient second = client();
            second.get("/file.txt");
            return second;
        }
    }
}
