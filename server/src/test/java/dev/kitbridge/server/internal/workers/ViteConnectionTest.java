package dev.kitbridge.server.internal.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViteConnectionTest {

    private static final String SITE =
            "{\"kit\":\"3.2.0\",\"base\":\"/shop\",\"origin\":\"\",\"errorPage\":\"100 % \u00e4 %sveltekit.status%\"}";

    private final List<ViteSite> sites = new ArrayList<>();
    private ServerSocket vite;

    @BeforeEach
    void listen() throws IOException {
        vite = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        vite.close();
    }

    private ViteConnection connection(List<SocketChannel> services) {
        return new ViteConnection(
                URI.create("http://127.0.0.1:" + vite.getLocalPort() + "/shop/"),
                Map.of("kitbridge-secret", "s3cret"),
                services::add,
                sites::add);
    }

    /** Answers each connection with one of the texts, and returns the heads of the requests. */
    private CompletableFuture<List<String>> answer(String... texts) {
        return CompletableFuture.supplyAsync(() -> {
            List<String> heads = new ArrayList<>();
            try {
                for (String text : texts) {
                    Socket socket = vite.accept();
                    heads.add(head(socket));
                    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return heads;
        });
    }

    private static String head(Socket socket) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        StringBuilder head = new StringBuilder();
        for (String line = reader.readLine(); !line.isEmpty(); line = reader.readLine()) {
            head.append(line).append('\n');
        }
        return head.toString();
    }

    @Test
    void bothConnectionsAreUpgradesThatNameTheSecret() throws IOException {
        String switching = "HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\n";
        String site = URLEncoder.encode(SITE, StandardCharsets.UTF_8).replace("+", "%20");
        CompletableFuture<List<String>> heads =
                answer(switching + "\r\n", switching + "Kitbridge-Site: " + site + "\r\n\r\nframes");
        List<SocketChannel> services = new ArrayList<>();
        try (ViteConnection connection = connection(services)) {
            SocketChannel link = connection.connect();
            assertThat(heads.join().get(0))
                    .contains("upgrade: kitbridge-services\n")
                    .contains("kitbridge-secret: s3cret\n");
            assertThat(heads.join().get(1))
                    .contains("upgrade: kitbridge-link\n")
                    .contains("kitbridge-secret: s3cret\n");
            assertThat(services).hasSize(1);
            assertThat(sites).containsExactly(new ViteSite("3.2.0", "/shop", "", "100 % \u00e4 %sveltekit.status%"));
            // nothing after the head was lost
            ByteBuffer frames = ByteBuffer.allocate(6);
            while (frames.hasRemaining()) link.read(frames);
            assertThat(new String(frames.array(), StandardCharsets.ISO_8859_1)).isEqualTo("frames");
        }
    }

    @Test
    void aRefusalIsTheReason() {
        CompletableFuture<List<String>> heads =
                answer("HTTP/1.1 403 Only applications on the same machine may connect\r\n\r\n");
        try (ViteConnection connection = connection(new ArrayList<>())) {
            assertThatThrownBy(connection::connect)
                    .hasMessage("it answers 403 Only applications on the same machine may connect");
        }
        assertThat(heads.join()).hasSize(1);
    }

    @Test
    void withoutViteNothingListens() throws IOException {
        vite.close();
        try (ViteConnection connection = connection(new ArrayList<>())) {
            assertThatThrownBy(connection::connect).hasMessage("nothing listens there");
        }
    }
}
