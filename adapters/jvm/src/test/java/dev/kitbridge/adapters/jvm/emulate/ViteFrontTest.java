package dev.kitbridge.adapters.jvm.emulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Emulator;
import dev.kitbridge.adapter.Front;
import dev.kitbridge.standalone.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ViteFrontTest {

    private static final Emulator EMULATOR = new JvmEmulator("");

    private static final String HELLO = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\nx-made-by: vite\r\n\r\nhello";

    private static Front.Server open(FakeVite vite, Map<String, String> environment) throws IOException {
        return open(vite, 0, true, environment);
    }

    private static Front.Server open(FakeVite vite, int port, boolean strict, Map<String, String> environment)
            throws IOException {
        Front front = EMULATOR.front();
        assertThat(front).isNotNull();
        return front.open(new Front.Options("127.0.0.1", port, strict, vite.address(), "the-secret", environment));
    }

    private static RawClient client(Front.Server front) throws IOException {
        URI address = front.addresses().get(0);
        return new RawClient(new InetSocketAddress(address.getHost(), address.getPort()));
    }

    /** Returns the lines of a request's head, without the line that describes the client. */
    private static List<String> lines(String request) {
        List<String> lines = new ArrayList<>(
                List.of(request.substring(0, request.indexOf("\r\n\r\n")).split("\r\n")));
        lines.removeIf(line -> line.startsWith(Front.VISITOR));
        return lines;
    }

    /** Returns the client that the front reports to Vite. */
    private static Map<String, String> visitor(String request) {
        Map<String, String> said = new TreeMap<>();
        List<String> found = List.of(request.split("\r\n")).stream()
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(Front.VISITOR))
                .toList();
        assertThat(found).hasSize(1);
        for (String pair : found.get(0).substring(Front.VISITOR.length() + 2).split("&")) {
            String[] parts = pair.split("=", 2);
            said.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return said;
    }

    @Test
    void aRequestIsPassedOnUnchangedWithItsClient() throws Exception {
        try (FakeVite vite = new FakeVite(request -> HELLO);
                Front.Server front = open(vite, Map.of());
                RawClient client = client(front)) {
            client.send("GET /src/routes/(shop)/[slug]/+page.svelte?t=[1] HTTP/1.1\r\nHost: shop.test:99\r\n"
                    + "Cookie: a=1\r\nConnection: keep-alive\r\nX-Kitbridge-Visitor: secret=guessed\r\n\r\n");
            assertThat(client.response())
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .contains("x-made-by: vite\r\n")
                    .endsWith("\r\n\r\nhello");
            String asked = vite.asked.take();
            assertThat(lines(asked))
                    .containsExactlyInAnyOrder(
                            "GET /src/routes/(shop)/[slug]/+page.svelte?t=[1] HTTP/1.1",
                            "Host: shop.test:99",
                            "Cookie: a=1");
            assertThat(visitor(asked))
                    .isEqualTo(Map.of(
                            "secret",
                            "the-secret",
                            "origin",
                            "http://shop.test:99",
                            "protocol",
                            "HTTP/1.1",
                            "address",
                            "127.0.0.1"));
        }
    }

    @Test
    void theEnvironmentDecidesWhichHeadersAreTrustedAsInProduction() throws Exception {
        Map<String, String> environment = Map.of(
                "PROTOCOL_HEADER",
                "x-forwarded-proto",
                "HOST_HEADER",
                "x-forwarded-host",
                "ADDRESS_HEADER",
                "x-real-ip");
        try (FakeVite vite = new FakeVite(request -> HELLO);
                Front.Server front = open(vite, environment);
                RawClient client = client(front)) {
            client.send("GET / HTTP/1.1\r\nhost: a\r\nx-forwarded-proto: https\r\nx-forwarded-host: shop.test\r\n"
                            + "x-real-ip: 192.0.2.7\r\n\r\n")
                    .response();
            assertThat(visitor(vite.asked.take()))
                    .containsEntry("origin", "https://shop.test")
                    .containsEntry("address", "192.0.2.7");
            client.get("/").response();
            assertThat(visitor(vite.asked.take()))
                    .doesNotContainKey("address")
                    .containsEntry("noAddress", "ADDRESS_HEADER is x-real-ip, but the request has no such header");
        }
    }

    @Test
    void hostsThatAreNotAllowedAreRejectedAsInProduction() throws Exception {
        try (FakeVite vite = new FakeVite(request -> HELLO);
                Front.Server front = open(vite, Map.of("ALLOWED_HOSTS", "shop.test"));
                RawClient client = client(front)) {
            assertThat(client.get("/").response()).startsWith("HTTP/1.1 421 ");
            assertThat(vite.asked).isEmpty();
        }
    }

    @Test
    void aBodyIsPassedOnAndOneThatIsTooLargeIsRejected() throws Exception {
        try (FakeVite vite = new FakeVite(request -> HELLO);
                Front.Server front = open(vite, Map.of("BODY_SIZE_LIMIT", "10"))) {
            String post = "POST /cart HTTP/1.1\r\nhost: a\r\ncontent-type: text/plain\r\n";
            try (RawClient client = client(front)) {
                String sent = client.send(post + "content-length: 10\r\n\r\n0123456789")
                        .response();
                assertThat(sent).endsWith("hello");
                assertThat(vite.asked.take())
                        .containsIgnoringCase("content-type: text/plain\r\n")
                        .containsIgnoringCase("content-length: 10\r\n")
                        .endsWith("\r\n\r\n0123456789");
                String chunked = client.send(post + "transfer-encoding: chunked\r\n\r\n5\r\n01234\r\n0\r\n\r\n")
                        .response();
                assertThat(chunked).endsWith("hello");
                assertThat(vite.asked.take()).contains("\r\n01234\r\n");
            }
            try (RawClient client = client(front)) {
                assertThat(client.send(post + "content-length: 11\r\n\r\n01234567890")
                                .response())
                        .startsWith("HTTP/1.1 413 ")
                        .endsWith("Content-length of 11 exceeds limit of 10 bytes.");
            }
            try (RawClient client = client(front)) {
                String large = "transfer-encoding: chunked\r\n\r\nb\r\n01234567890\r\n0\r\n\r\n";
                assertThat(client.send(post + large).response()).startsWith("HTTP/1.1 413 ");
            }
        }
    }

    @Test
    void answersWithoutABodyAndThoseThatComeInChunksArrive() throws Exception {
        Map<String, String> answers = Map.of(
                "/none", "HTTP/1.1 304 Not Modified\r\netag: \"1\"\r\n\r\n",
                "/chunks", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n",
                "/moved", "HTTP/1.1 302 Found\r\nlocation: /none\r\nset-cookie: a=1\r\ncontent-length: 0\r\n\r\n",
                "/private", "HTTP/1.1 401 Unauthorized\r\nwww-authenticate: Basic\r\ncontent-length: 0\r\n\r\n",
                "/zipped", "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\nzip");
        try (FakeVite vite = new FakeVite(request -> answers.getOrDefault(request.split(" ")[1], HELLO));
                Front.Server front = open(vite, Map.of());
                RawClient client = client(front)) {
            assertThat(client.get("/none").response())
                    .startsWith("HTTP/1.1 304 ")
                    .containsIgnoringCase("etag: \"1\"");
            assertThat(client.get("/chunks").until("0\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("one")
                    .contains("two");
            assertThat(client.get("/moved").response())
                    .startsWith("HTTP/1.1 302 ")
                    .containsIgnoringCase("set-cookie: a=1");
            assertThat(client.get("/private").response()).startsWith("HTTP/1.1 401 ");
            assertThat(client.get("/zipped").response()).endsWith("\r\n\r\nzip");
            assertThat(client.send("HEAD / HTTP/1.1\r\nhost: a\r\n\r\n").response())
                    .startsWith("HTTP/1.1 200 ");
            // the HTTP client stores no cookies
            assertThat(vite.asked).hasSize(6).noneMatch(request -> request.contains("cookie: a=1"));
        }
    }

    @Test
    void aWebSocketIsPassedThrough() throws Exception {
        String upgraded = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: yes\r\n\r\nfirst";
        try (FakeVite vite = new FakeVite(request -> upgraded);
                Front.Server front = open(vite, Map.of());
                RawClient client = client(front)) {
            client.send("GET /?token=[a] HTTP/1.1\r\nHost: shop.test\r\nConnection: keep-alive, Upgrade\r\n"
                    + "Upgrade: websocket\r\nSec-WebSocket-Key: key\r\n\r\n");
            String head = client.until("\r\n\r\n");
            assertThat(head)
                    .startsWith("HTTP/1.1 101 ")
                    .containsIgnoringCase("Upgrade: websocket\r\n")
                    .containsIgnoringCase("Connection: Upgrade\r\n")
                    .contains("Sec-WebSocket-Accept: yes\r\n");
            assertThat(client.until("first")).isEqualTo("first");
            client.send("ping 1");
            assertThat(client.until("ping 1")).isEqualTo("ping 1");
            String large = "x".repeat(100_000) + "end";
            client.send(large);
            assertThat(client.until("end")).isEqualTo(large);
            assertThat(vite.asked.take())
                    .startsWith("GET /?token=[a] HTTP/1.1\r\n")
                    .containsIgnoringCase("Host: shop.test\r\n")
                    .containsIgnoringCase("Upgrade: websocket\r\n")
                    .containsIgnoringCase("Sec-WebSocket-Key: key\r\n");
        }
    }

    @Test
    void otherUpgradesAreIgnored() throws Exception {
        try (FakeVite vite = new FakeVite(request -> HELLO);
                Front.Server front = open(vite, Map.of());
                RawClient client = client(front)) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: something\r\n\r\n");
            assertThat(client.response()).startsWith("HTTP/1.1 200 ").endsWith("hello");
            assertThat(lines(vite.asked.take())).containsExactlyInAnyOrder("GET / HTTP/1.1", "Host: a");
        }
    }

    @Test
    void aWebSocketThatViteRefusesIsRejected() throws Exception {
        try (FakeVite vite = new FakeVite(request -> "HTTP/1.1 403 Forbidden\r\n\r\n");
                Front.Server front = open(vite, Map.of());
                RawClient client = client(front)) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void unansweredWebSocketsDoNotBlockRequests() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        List<RawClient> waiting = new ArrayList<>();
        try (FakeVite vite = new FakeVite(request -> {
                    if (request.startsWith("GET /unknown ")) await(end);
                    return HELLO;
                });
                Front.Server front = open(vite, Map.of())) {
            // more than there are threads
            for (int i = 0; i < 40; i++) {
                RawClient client = client(front);
                waiting.add(client);
                client.send("GET /unknown HTTP/1.1\r\nHost: shop.test\r\nConnection: Upgrade\r\n"
                        + "Upgrade: websocket\r\n\r\n");
                vite.asked.take();
            }
            try (RawClient client = client(front)) {
                client.send("GET / HTTP/1.1\r\nHost: shop.test\r\n\r\n");
                assertThat(client.response()).startsWith("HTTP/1.1 200 OK\r\n");
            }
        } finally {
            end.countDown();
            for (RawClient client : waiting) client.close();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aRequestThatCannotBeRepeatedFailsWhileViteIsDown() throws Exception {
        FakeVite vite = new FakeVite(request -> HELLO);
        try (Front.Server front = open(vite, Map.of())) {
            vite.close();
            try (RawClient client = client(front)) {
                client.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\n\r\n1");
                assertThat(client.response()).startsWith("HTTP/1.1 502 ").contains("\r\n\r\nVite does not answer: ");
            }
        }
    }

    @Test
    void otherRequestsWaitUntilViteHasStarted() throws Exception {
        Front front = EMULATOR.front();
        assertThat(front).isNotNull();
        try (Socket reserved = new Socket()) {
            // the port is reserved, and no process listens on it
            reserved.setReuseAddress(true);
            reserved.bind(new InetSocketAddress("127.0.0.1", 0));
            InetSocketAddress vite = new InetSocketAddress("127.0.0.1", reserved.getLocalPort());
            try (Front.Server opened = front.open(new Front.Options("127.0.0.1", 0, true, vite, "s", Map.of()));
                    RawClient client = client(opened)) {
                client.get("/");
                try (FakeVite late = new FakeVite(vite.getPort(), request -> HELLO)) {
                    assertThat(client.response()).endsWith("hello");
                    assertThat(late.asked).hasSize(1);
                }
            }
        }
    }

    @Test
    void aTargetThatIsNoUriIsRejectedAsInProduction() throws Exception {
        try (FakeVite vite = new FakeVite(request -> HELLO);
                Front.Server front = open(vite, Map.of());
                RawClient client = client(front)) {
            client.send("GET /%zz HTTP/1.1\r\nHost: shop.test\r\n\r\n");
            assertThat(client.response()).startsWith("HTTP/1.1 400 ").endsWith("\r\n\r\nBad Request");
            client.send("GET /% HTTP/1.1\r\nHost: shop.test\r\n\r\n");
            assertThat(client.response()).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void aConnectionThatViteClosesIsReportedBriefly() throws Exception {
        try (ServerSocket vite = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            Thread closing = new Thread(() -> {
                try (var connection = vite.accept()) {
                    connection.getInputStream().read(new byte[8192]);
                } catch (IOException e) {
                    // the test has ended
                }
            });
            closing.setDaemon(true);
            closing.start();
            Front found = EMULATOR.front();
            assertThat(found).isNotNull();
            InetSocketAddress address = (InetSocketAddress) vite.getLocalSocketAddress();
            try (Front.Server front =
                            found.open(new Front.Options("127.0.0.1", 0, true, address, "the-secret", Map.of()));
                    RawClient client = client(front)) {
                client.send("GET / HTTP/1.1\r\nHost: shop.test\r\n\r\n");
                assertThat(client.response())
                        .startsWith("HTTP/1.1 502 ")
                        .endsWith("\r\n\r\nVite does not answer: it closed the connection");
            }
        }
    }

    @Test
    void aPortInUseIsReplacedByTheNextOneUnlessItIsRequired() throws Exception {
        try (FakeVite vite = new FakeVite(request -> HELLO);
                ServerSocket other = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            int used = other.getLocalPort();
            assertThatThrownBy(() -> open(vite, used, true, Map.of()))
                    .isInstanceOf(AdapterException.class)
                    .hasMessage("port " + used + " of 127.0.0.1 is in use; stop the process that listens on it,"
                            + " or choose another with -Dadapter.port");
            try (Front.Server front = open(vite, used, false, Map.of())) {
                assertThat(front.addresses().get(0).getPort()).isGreaterThan(used);
            }
        }
    }

    @Test
    void mistakesAreReported() throws Exception {
        try (FakeVite vite = new FakeVite(request -> HELLO)) {
            assertThatThrownBy(() -> open(vite, Map.of("BODY_SIZE_LIMIT", "much")))
                    .isInstanceOf(AdapterException.class)
                    .hasMessageStartingWith("The environment variable BODY_SIZE_LIMIT is 'much'; it accepts ");
            Front front = EMULATOR.front();
            assertThat(front).isNotNull();
            assertThatThrownBy(() ->
                            front.open(new Front.Options("198.51.100.1", 0, true, vite.address(), "secret", Map.of())))
                    .isInstanceOf(AdapterException.class)
                    .hasMessageStartingWith("nothing can listen on 198.51.100.1, port 0: ")
                    .hasMessageEndingWith("; choose an address of this machine with -Dadapter.host");
            assertThatThrownBy(
                            () -> front.open(new Front.Options("no host", 0, true, vite.address(), "secret", Map.of())))
                    .isInstanceOf(AdapterException.class)
                    .hasMessageStartingWith("'no host' is no address of this machine");
        }
    }

    @Test
    void theProductsAddressVariablesDoNotApply() throws Exception {
        Map<String, String> environment = Map.of("HOST", "192.0.2.1", "PORT", "80", "SOCKET_PATH", "/nowhere/socket");
        try (FakeVite vite = new FakeVite(request -> HELLO);
                Front.Server front = open(vite, environment);
                RawClient client = client(front)) {
            assertThat(client.get("/").response()).endsWith("hello");
            assertThat(front.addresses()).hasSize(1);
            assertThat(front.addresses().get(0).getHost()).isEqualTo("127.0.0.1");
        }
    }
}
