package dev.kitbridge.maven.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.adapter.Emulator;
import dev.kitbridge.adapter.Front;
import dev.kitbridge.adapter.Prerender;
import dev.kitbridge.maven.services.JavaServices;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EmulatorServerTest {

    private static final String NOTHING_KNOWN = "{\"config\":{},\"prerender\":\"TRUE\"}";

    /** Connects and sends a secret. */
    private static Socket connect(EmulatorServer server, String secret) throws IOException {
        int port = Integer.parseInt(server.address().split(":", -1)[0]);
        Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        socket.getOutputStream().write(secret.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static EmulatorServer server(@Nullable Emulator emulator, @Nullable JavaServices services)
            throws IOException {
        return new EmulatorServer(EmulatorAnswers.ofBuild(emulator, services));
    }

    private static Socket connect(EmulatorServer server) throws IOException {
        return connect(server, server.address().split(":", -1)[1]);
    }

    private static void ask(Socket socket, int id, String question, String details) throws IOException {
        String line = "{\"id\":" + id + ",\"question\":\"" + question + "\",\"details\":" + details + "}\n";
        socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads one segment as a text; returns an empty text if the server has closed the connection. */
    private static String segment(Socket socket) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        int count = socket.getInputStream().read(buffer);
        return count < 0 ? "" : new String(buffer, 0, count, StandardCharsets.UTF_8);
    }

    private static String ask(EmulatorServer server, String question, String details) throws IOException {
        try (Socket socket = connect(server)) {
            ask(socket, 1, question, details);
            return segment(socket);
        }
    }

    private static String ask(Emulator emulator, String details) throws IOException {
        try (EmulatorServer server = server(emulator, null)) {
            return ask(server, "platform", details);
        }
    }

    private static JavaServices services(Runnable before) {
        return new JavaServices() {
            @Override
            public Address address() {
                before.run();
                return new Address("/tmp/socket", "secret");
            }

            @Override
            public String identity() {
                return "";
            }
        };
    }

    @Test
    void anEmulatorGetsTheRoutesOptionsAndReturnsThePlatform() throws Exception {
        Emulator emulator = (config, prerender) ->
                Map.of("region", config.get("region"), "auto", prerender == Prerender.AUTO, "a", 1);
        assertThat(ask(emulator, "{\"config\":{\"region\":\"north\"},\"prerender\":\"AUTO\"}"))
                .isEqualTo("{\"id\":1,\"answer\":{\"platform\":{\"a\":1,\"auto\":true,\"region\":\"north\"}}}\n");
    }

    /** A second segment would wait 40 ms for the acknowledgement of the first. */
    @Test
    void anAnswerIsOneSegmentOnAConnectionThatStaysOpen() throws Exception {
        String text = "x".repeat(10_000);
        try (EmulatorServer server = server((config, prerender) -> Map.of("text", text), null);
                Socket socket = connect(server)) {
            for (int i = 1; i <= 50; i++) {
                ask(socket, i, "platform", NOTHING_KNOWN);
                assertThat(segment(socket))
                        .isEqualTo("{\"id\":" + i + ",\"answer\":{\"platform\":{\"text\":\"" + text + "\"}}}\n");
            }
        }
    }

    @Test
    void anExceptionOfAnEmulatorIsTheAnswer() throws Exception {
        Emulator emulator = (config, prerender) -> {
            throw new IllegalStateException("no platform here");
        };
        assertThat(ask(emulator, NOTHING_KNOWN)).isEqualTo("{\"error\":\"emulate: no platform here\",\"id\":1}\n");
    }

    @Test
    void aPlatformThatIsNotJsonIsAnError() throws Exception {
        Emulator emulator = (config, prerender) -> {
            Map<String, Object> own = new java.util.HashMap<>();
            own.put("self", own);
            return own;
        };
        assertThat(ask(emulator, NOTHING_KNOWN))
                .startsWith("{\"error\":\"emulate: event.platform cannot be written as JSON: ");
    }

    @Test
    void aLineThatIsNoQuestionEndsTheConnection() throws Exception {
        try (EmulatorServer server = server((config, prerender) -> Map.of(), null);
                Socket socket = connect(server)) {
            socket.getOutputStream().write("{\n".getBytes(StandardCharsets.UTF_8));
            assertThat(segment(socket)).isEmpty();
        }
    }

    @Test
    void theQuestionAboutReadContainsTheRoute() throws Exception {
        EmulatorAnswers answers = new EmulatorAnswers(
                null,
                null,
                route -> route.config().isEmpty()
                        ? Optional.empty()
                        : Optional.of("no files for " + route.id() + " in " + route.config()));
        String route = "{\"id\":\"/a\",\"api\":{\"methods\":[]},\"page\":{\"methods\":[]},\"segments\":[],"
                + "\"pattern\":\"^$\",\"prerender\":\"FALSE\",\"methods\":[],\"config\":%s}";
        try (EmulatorServer server = new EmulatorServer(answers)) {
            assertThat(ask(server, "read", route.formatted("{}")))
                    .isEqualTo("{\"id\":1,\"answer\":{\"refusal\":null}}\n");
            assertThat(ask(server, "read", route.formatted("{\"berth\":7}")))
                    .isEqualTo("{\"id\":1,\"answer\":{\"refusal\":\"no files for /a in {berth=7}\"}}\n");
        }
    }

    @Test
    void servicesAreLocatedOnACallAndOtherRequestsDoNotWait() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        JavaServices slow = services(() -> {
            try {
                started.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (EmulatorServer server = server(null, slow);
                Socket socket = connect(server)) {
            ask(socket, 1, "services", "null");
            ask(socket, 2, "platform", NOTHING_KNOWN);
            assertThat(segment(socket)).isEqualTo("{\"id\":2,\"answer\":{\"platform\":{},\"services\":true}}\n");
            started.countDown();
            assertThat(segment(socket))
                    .isEqualTo("{\"id\":1,\"answer\":{\"address\":\"/tmp/socket\",\"secret\":\"secret\"}}\n");
        }
    }

    @Test
    void theErrorOfServicesIsTheAnswerToACall() throws Exception {
        JavaServices broken = services(() -> {
            throw new IllegalStateException("no database");
        });
        try (EmulatorServer server = server(null, broken)) {
            assertThat(ask(server, "services", "null")).isEqualTo("{\"error\":\"no database\",\"id\":1}\n");
        }
    }

    @Test
    void anEmulatorWithAFrontHasVisitors() throws Exception {
        Emulator emulator = new Emulator() {
            @Override
            public Map<String, Object> platform(Map<String, Object> config, Prerender prerender) {
                return Map.of();
            }

            @Override
            public Front front() {
                return place -> {
                    throw new IOException("not to be opened");
                };
            }
        };
        assertThat(ask(emulator, NOTHING_KNOWN)).isEqualTo("{\"id\":1,\"answer\":{\"front\":true,\"platform\":{}}}\n");
    }

    @Test
    void aClientWithoutTheSecretGetsNoAnswer() throws Exception {
        try (EmulatorServer server = server((config, prerender) -> Map.of("secret", "value"), null)) {
            assertThat(server.address()).matches("\\d+:[0-9a-f]{48}");
            try (Socket socket = connect(server, "0".repeat(48))) {
                ask(socket, 1, "platform", NOTHING_KNOWN);
                assertThat(segment(socket)).isEmpty();
            } catch (java.net.SocketException e) {
                // reset, because the server did not read the question
            }
        }
    }
}
