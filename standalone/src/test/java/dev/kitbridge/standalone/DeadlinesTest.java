package dev.kitbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.TestCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deadlines of everything that a client sends; a single byte does not extend them. */
class DeadlinesTest extends RunningApp {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** The record of a ClientHello that is longer than the bytes that follow. */
    private static final byte[] HELLO = HexFormat.of().parseHex("16030100c8010000c40303");

    /** A message that arrives in pieces. */
    private interface Drip {
        void send() throws IOException;
    }

    /** Sends bytes slowly until the server disconnects. */
    private static void drip(Drip drip) {
        long end = System.nanoTime() + SOON.toNanos();
        try {
            while (System.nanoTime() < end) {
                drip.send();
                Thread.sleep(100);
            }
        } catch (IOException e) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("still connected after " + SOON);
    }

    private void startWithTls(String... more) throws Exception {
        TestCertificate made = TestCertificate.make(temp, "EC");
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(List.of(
                "TLS_CERT", made.writeCertificate(temp.resolve("cert.pem")).toString()));
        all.addAll(List.of("TLS_KEY", made.writeKey(temp.resolve("key.pem")).toString()));
        start(all.toArray(String[]::new));
    }

    private Socket socket() throws IOException {
        InetSocketAddress address = (InetSocketAddress) instance.socket();
        return new Socket(address.getAddress(), address.getPort());
    }

    private static void assertClosed(Socket socket) throws IOException {
        socket.setSoTimeout((int) SOON.toMillis());
        assertThat(socket.getInputStream().readAllBytes().length).isLessThan(64);
    }

    @Test
    void theHandshakeMustEnd() throws Exception {
        startWithTls("HEADERS_TIMEOUT", "1");
        try (Socket silent = socket();
                Socket partial = socket();
                Socket dripping = socket()) {
            partial.getOutputStream().write(HELLO);
            dripping.getOutputStream().write(HELLO);
            drip(() -> dripping.getOutputStream().write(0));
            assertClosed(silent);
            assertClosed(partial);
        }
    }

    @Test
    void theFirstRequestMustComeAfterTheHandshake() throws Exception {
        startWithTls("HEADERS_TIMEOUT", "1");
        try (RawHttp2 nothing = RawHttp2.tls(instance.socket());
                RawHttp2 idle = RawHttp2.tls(instance.socket()).preface()) {
            assertThat(idle.awaitEnd(SOON)).isZero();
            assertThat(nothing.awaitEnd(SOON)).isNotPositive();
        }
    }

    @Test
    void anHttp2ConnectionWithoutRequestsEndsWhateverElseItSends() throws Exception {
        start("HEADERS_TIMEOUT", "1", "KEEP_ALIVE_TIMEOUT", "1");
        try (RawHttp2 pinging = RawHttp2.plain(instance.socket()).preface();
                RawHttp2 used = RawHttp2.plain(instance.socket()).preface()) {
            assertThat(used.get(1, "/file.txt").answer(1, SOON).status()).isEqualTo(200);
            drip(pinging::ping);
            assertThat(used.awaitEnd(SOON)).isZero();
        }
    }

    @Test
    void theHeadOfAnHttp2RequestMustEnd() throws Exception {
        start("HEADERS_TIMEOUT", "1");
        try (RawHttp2 frames = RawHttp2.plain(instance.socket()).preface();
                RawHttp2 bytes = RawHttp2.plain(instance.socket()).preface()) {
            frames.frame(RawHttp2.HEADERS, RawHttp2.END_STREAM, 1, RawHttp2.block(":method", "GET", ":path", "/"));
            drip(() -> frames.frame(RawHttp2.CONTINUATION, RawHttp2.NONE, 1, RawHttp2.block("a", "b")));
            byte[] header = RawHttp2.bytes(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, new byte[10_000]);
            bytes.raw(java.util.Arrays.copyOf(header, 9));
            drip(() -> bytes.raw(new byte[1]));
        }
    }

    @Test
    void aWholeRequestMustComeInTime() throws Exception {
        start("REQUEST_TIMEOUT", "1");
        try (RawClient dripping = client();
                RawClient chunked = client();
                RawHttp2 framed = RawHttp2.plain(instance.socket()).preface()) {
            dripping.send("POST /body HTTP/1.1\r\nhost: a.test\r\ncontent-length: 500\r\n\r\n");
            chunked.send("POST /body HTTP/1.1\r\nhost: a.test\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n");
            framed.request(1, false, "POST", "/body").data(1, false, (byte) 'a');
            drip(() -> dripping.send("a"));
            assertThat(chunked.rest())
                    .startsWith("HTTP/1.1 408 Request Timeout\r\n")
                    .containsIgnoringCase("connection: close");
            assertThat(framed.answer(1, SOON).status()).isEqualTo(408);
            // the other streams continue
            assertThat(framed.get(3, "/file.txt").answer(3, SOON).body()).isEqualTo("a file\n");
        }
        app.awaitLine("request failed");
    }

    @Test
    void aBodyThatIsNotReadDoesNotKeepItsConnection() throws Exception {
        start("REQUEST_TIMEOUT", "1");
        try (RawClient early = client();
                RawHttp2 framed = RawHttp2.plain(instance.socket()).preface()) {
            early.send("POST /file.txt HTTP/1.1\r\nhost: a.test\r\ncontent-length: 500\r\n\r\n");
            assertThat(early.response()).startsWith("HTTP/1.1 405");
            drip(() -> early.send("a"));
            framed.request(1, false, "POST", "/file.txt");
            drip(() -> {
                framed.data(1, false, (byte) 'a');
                try {
                    RawHttp2.Frame frame = framed.read(Duration.ofMillis(1));
                    if (frame == null || frame.type() == RawHttp2.RST_STREAM) throw new IOException("reset");
                } catch (java.net.SocketTimeoutException e) {
                    // not yet
                }
            });
        }
    }

    @Test
    void anAnswerMayTakeLongerThanARequest() throws Exception {
        start("REQUEST_TIMEOUT", "1", "HEADERS_TIMEOUT", "1", "KEEP_ALIVE_TIMEOUT", "1");
        try (RawClient client = client();
                RawHttp2 framed = RawHttp2.plain(instance.socket()).preface()) {
            client.send("POST /hold?ms=2500 HTTP/1.1\r\nhost: a.test\r\ncontent-length: 1\r\n\r\na");
            framed.request(1, false, "POST", "/hold?ms=2500").data(1, true, "a".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.response()).endsWith("held");
            assertThat(framed.answer(1, SOON).body()).isEqualTo("held");
        }
    }

    @Test
    void anAddressHasOnlySoManyConnections() throws Exception {
        start("MAX_CONNECTIONS_PER_ADDRESS", "2");
        try (RawClient first = client();
                RawClient second = client();
                RawClient third = client()) {
            assertThat(first.get("/file.txt").response()).endsWith("a file\n");
            assertThat(second.get("/file.txt").response()).endsWith("a file\n");
            assertThat(third.rest()).isEmpty();
        }
        // closed ones do not count
        for (int i = 0; i < 10; i++) {
            try (RawClient client = client()) {
                client.get("/file.txt");
                Thread.sleep(20);
            }
        }
        assertThat(eventually()).isEqualTo("a file\n");
    }

    private String eventually() throws Exception {
        for (int i = 0; i < 100; i++) {
            try (RawClient client = client()) {
                return client.get("/file.txt").response().replaceAll("(?s).*\r\n\r\n", "");
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        return "refused";
    }

    @Test
    void trustedProxiesHaveNoLimitOfConnections() throws Exception {
        start("MAX_CONNECTIONS_PER_ADDRESS", "1", "TRUSTED_PROXIES", "127.0.0.0/8");
        try (RawClient first = client();
                RawClient second = client()) {
            assertThat(first.get("/file.txt").response()).endsWith("a file\n");
            assertThat(second.get("/file.txt").response()).endsWith("a file\n");
        }
    }
}
