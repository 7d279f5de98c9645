package dev.kitbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP features that no app can use are off; all others follow the RFCs. */
class ProtocolTest extends RunningApp {

    private static final String[] MALFORMED_POST = {
        ":method", "POST", ":scheme", "http", ":authority", "a.test", ":path", "/body", "upgrade", "b"
    };

    private static final Duration SOON = Duration.ofSeconds(20);

    private static final String[] EXTENDED_CONNECT = {
        ":method", "CONNECT", ":protocol", "websocket", ":scheme", "http", ":authority", "a.test", ":path", "/hold"
    };

    @Test
    void extendedConnectIsNotOfferedAndIsRejected() throws Exception {
        start();
        try (RawHttp2 client = RawHttp2.plain(instance.socket()).preface()) {
            assertThat(client.await(RawHttp2.SETTINGS, SOON)
                            .settings()
                            .getOrDefault(RawHttp2.ENABLE_CONNECT_PROTOCOL, 0))
                    .isZero();
            client.headers(1, false, EXTENDED_CONNECT);
            assertThat(client.answer(1, SOON).error()).as("PROTOCOL_ERROR").isEqualTo("RST_STREAM 1");
            assertThat(client.get(3, "/file.txt").answer(3, SOON).body()).isEqualTo("a file\n");
        }
    }

    /** One such request used a core and all memory. */
    @Test
    void nothingIsLeftOfClientsThatSendConnectAndLeave() throws Exception {
        start();
        for (int i = 0; i < 3; i++) {
            try (RawHttp2 client = RawHttp2.plain(instance.socket()).preface()) {
                client.headers(1, i == 1, EXTENDED_CONNECT);
                client.headers(3, i == 2, ":method", "CONNECT", ":authority", "a.test:443");
                client.data(3, false, new byte[100]);
                client.answer(3, SOON);
            }
        }
        for (int i = 0; i < 200 && threadsWithin("discard") > 0; i++) Thread.sleep(50);
        assertThat(threadsWithin("discard")).isZero();
    }

    /** @param method of the product */
    private static long threadsWithin(String method) {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(java.util.stream.Stream::of)
                .filter(frame -> frame.getClassName().startsWith("dev.kitbridge.")
                        && frame.getMethodName().equals(method))
                .count();
    }

    @Test
    void connectIsRejected() throws Exception {
        start();
        try (RawHttp2 client = RawHttp2.plain(instance.socket()).preface()) {
            client.headers(1, false, ":method", "CONNECT", ":authority", "a.test:443");
            assertThat(client.answer(1, SOON).status()).isEqualTo(400);
        }
        try (RawClient client = client()) {
            client.send("CONNECT a.test:443 HTTP/1.1\r\nhost: a.test:443\r\n\r\n");
            assertThat(client.response()).startsWith("HTTP/1.1 400");
        }
    }

    /** Java's client asks for the upgrade with its first request. */
    @Test
    void theUpgradeToHttp2IsIgnored() throws Exception {
        start();
        byte[] content = "in chunks".getBytes(StandardCharsets.US_ASCII);
        HttpRequest post = HttpRequest.newBuilder(URI.create(instance.address() + "/body"))
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(content)))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(post, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(answer.body()).isEqualTo("in chunks");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "upgrade: h2c\r\nhttp2-settings: AAMAAABkAARAAAAAAAIAAAAA\r\nconnection: upgrade, http2-settings\r\n",
                "upgrade: h2c\r\nconnection: upgrade\r\n",
                "upgrade: h2c\r\nhttp2-settings: $$$\r\nconnection: upgrade, http2-settings\r\n",
                "upgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\n",
                "upgrade: TLS/1.0\r\nconnection: upgrade\r\n",
            })
    void otherUpgradesAreIgnoredToo(String fields) throws Exception {
        start();
        try (RawClient client = client()) {
            client.send("POST /body HTTP/1.1\r\nhost: a.test\r\ncontent-length: 3\r\n" + fields + "\r\nabc");
            assertThat(client.response()).startsWith("HTTP/1.1 200").endsWith("abc");
            assertThat(client.get("/file.txt").response()).endsWith("a file\n");
        }
    }

    @Test
    void aRequestWithoutAHostIsRejectedWhateverTheOriginIs() throws Exception {
        start("ORIGIN", "https://a.test");
        try (RawHttp2 client = RawHttp2.plain(instance.socket()).preface()) {
            client.headers(1, true, ":method", "GET", ":scheme", "http", ":authority", "", ":path", "/echo");
            client.headers(3, true, ":method", "GET", ":scheme", "http", ":path", "/file.txt");
            client.headers(5, true, ":method", "GET", ":scheme", "http", ":path", "/file.txt", "host", "a.test");
            var answers = client.answers(java.util.Set.of(1, 3, 5), SOON);
            assertThat(answers.get(1).status()).as("empty :authority").isEqualTo(400);
            assertThat(answers.get(3).status()).as("no :authority").isEqualTo(400);
            assertThat(answers.get(5).status()).as("host instead").isEqualTo(200);
        }
    }

    /**
     * A client may drop a response that is followed by RST_STREAM with another error than NO_ERROR (RFC 9113, section
     * 8.1).
     */
    @ParameterizedTest
    @CsvSource({
        "POST, /body, b, 400, true",
        "POST, /body, b, 400, false",
        "GET, /file.txt, , 200, true",
        "GET, /file.txt, , 200, false",
        "GET, /, , 200, true",
        "HEAD, /file.txt, , 200, true"
    })
    void anAnswerBeforeTheEndOfTheBodyIsNotCancelled(
            String method, String path, @Nullable String upgrade, int status, boolean answeredFirst) throws Exception {
        start();
        try (RawHttp2 client = RawHttp2.plain(instance.socket()).preface()) {
            String[] fields = {":method", method, ":scheme", "http", ":authority", "a.test", ":path", path};
            if (upgrade != null) {
                fields = java.util.Arrays.copyOf(fields, fields.length + 2);
                fields[fields.length - 2] = "upgrade";
                fields[fields.length - 1] = upgrade;
            }
            client.headers(1, false, fields);
            if (answeredFirst) assertThat(client.answer(1, SOON).status()).isEqualTo(status);
            client.data(1, true, new byte[1000]).get(3, "/file.txt");
            RawHttp2.Frame frame;
            do {
                frame = client.read(SOON);
                assertThat(frame).isNotNull();
                if (frame.type() == RawHttp2.RST_STREAM)
                    assertThat(frame.number(0)).isZero();
            } while (frame.stream() != 3 || !frame.has(RawHttp2.END_STREAM));
        }
    }

    /** Jetty's own shutdown waited for one in fifty HTTP/2 clients that had just closed their connections. */
    @RepeatedTest(50)
    @Timeout(20)
    void theServerStopsWithoutClientsThatHaveLeft() throws Exception {
        start("SHUTDOWN_TIMEOUT", "60");
        try (RawHttp2 client = RawHttp2.plain(instance.socket()).preface()) {
            client.headers(1, false, MALFORMED_POST).data(1, true, new byte[1000]);
            assertThat(client.get(3, "/file.txt").answer(3, SOON).status()).isEqualTo(200);
        }
        instance.stop("SIGTERM");
    }

    @Test
    void http10HasNoTransferCodings() throws Exception {
        start();
        for (String target : new String[] {"/body", "/file.txt"}) {
            try (RawClient client = client()) {
                client.send(
                        "POST " + target + " HTTP/1.0\r\nhost: a.test\r\nconnection: keep-alive\r\n"
                                + "transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\nGET /file.txt HTTP/1.1\r\nhost: a.test\r\n\r\n");
                assertThat(client.rest()).as(target).startsWith("HTTP/1.").doesNotContain("a file");
            }
        }
    }
}
