package dev.kitbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.standalone.front.DisconnectReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes buffered for all slow clients share a limit; the client that waits longest is disconnected. */
class BufferLimitTest extends RunningApp {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static final long LIMIT = 2 * 1024 * 1024;

    private final List<RawHttp2> clients = new ArrayList<>();

    /** The counters are shared by all tests of the process. */
    private final long cutBefore = DisconnectReason.BUFFER.count();

    @AfterEach
    void leave() throws IOException {
        for (RawHttp2 client : clients) client.close();
    }

    private RawHttp2 connect(int... settings) throws IOException {
        RawHttp2 client = RawHttp2.plain(instance.socket()).preface(settings);
        clients.add(client);
        return client;
    }

    /** Waits until the server has disconnected another client. */
    private void awaitCut() throws InterruptedException {
        for (int i = 0; i < 600 && DisconnectReason.BUFFER.count() == cutBefore; i++) Thread.sleep(50);
        assertThat(DisconnectReason.BUFFER.count()).isGreaterThan(cutBefore);
    }

    /** Sends what the stream's window allows until the worker reads no more. */
    private static void fill(RawHttp2 client, int frameSize) throws IOException {
        try {
            while (true) {
                RawHttp2.Frame update = client.await(RawHttp2.WINDOW_UPDATE, Duration.ofMillis(200));
                if (update == null) return;
                if (update.stream() != 1) continue;
                ByteArrayOutputStream frames = new ByteArrayOutputStream();
                for (int left = update.number(0); left > 0; left -= frameSize) {
                    byte[] content = new byte[Math.min(left, frameSize)];
                    frames.writeBytes(RawHttp2.bytes(RawHttp2.DATA, RawHttp2.NONE, 1, content));
                }
                client.raw(frames.toByteArray());
            }
        } catch (IOException e) {
            // the window is full, or the server has disconnected the client
        }
    }

    private void awaitBuffered(long least, long most) throws InterruptedException {
        long bytes = instance.bufferedBytes();
        for (int i = 0; i < 600 && (bytes < least || bytes > most); i++) {
            Thread.sleep(50);
            bytes = instance.bufferedBytes();
        }
        assertThat(bytes).isBetween(least, most);
    }

    @ParameterizedTest
    @CsvSource({"/large?pieces=64, 60", "/large.bin, 60"})
    void unreadResponsesShareALimit(String target, int streams) throws Exception {
        start("BUFFER_LIMIT", String.valueOf(LIMIT));
        for (int i = 0; i < 3; i++) connect(RawHttp2.INITIAL_WINDOW_SIZE, 0);
        for (int stream = 1; stream < 2 * streams; stream += 2) {
            for (RawHttp2 client : clients) client.get(stream, target);
        }
        awaitCut();
        awaitBuffered(1, LIMIT);

        RawHttp2 reader =
                connect(RawHttp2.INITIAL_WINDOW_SIZE, Integer.MAX_VALUE).windowUpdate(0, 1 << 30);
        RawHttp2.Answer answer = reader.get(1, target).answer(1, SOON);
        // a reader that gets no CPU can wait longest, as long as more of the slow streams begin
        for (int stream = 3;
                stream < 2 * clients.size() * streams && !answer.error().isEmpty();
                stream += 2) {
            answer = reader.get(stream, target).answer(stream, SOON);
        }
        assertThat(answer.error()).isEmpty();
        assertThat(answer.body()).hasSize(TestApp.LARGE);

        leave();
        awaitBuffered(0, 0);
    }

    @Test
    void responsesOverHttp1AreLimitedToo() throws Exception {
        start("BUFFER_LIMIT", String.valueOf(LIMIT));
        List<RawClient> slow = new ArrayList<>();
        for (int i = 0; i < 20; i++) slow.add(client().get("/large?pieces=640"));
        for (int i = 0; i < 8; i++) app.awaitLine("large cancelled");
        awaitBuffered(1, LIMIT);
        for (RawClient client : slow) client.close();
        awaitBuffered(0, 0);
    }

    @Test
    void bodiesThatTheAppDoesNotReadAreLimited() throws Exception {
        start("BUFFER_LIMIT", "300K", "BODY_SIZE_LIMIT", "Infinity");
        for (int i = 0; i < 8; i++) {
            RawHttp2 client = connect();
            client.request(1, false, "POST", "/hold");
            for (int sent = 0; sent < 8; sent++) client.data(1, false, new byte[16 * 1024 - 1]);
            fill(client, 16 * 1024);
        }
        awaitCut();
        awaitBuffered(1, 300 * 1024);
    }

    /** Each frame takes more memory than its byte. */
    @Test
    void bodiesInFramesOfOneByteAreLimitedByTheMemoryThatTheyTake() throws Exception {
        start("BUFFER_LIMIT", "4M", "BODY_SIZE_LIMIT", "Infinity");
        RawHttp2 client = connect();
        client.request(1, false, "POST", "/hold");
        for (int sent = 0; sent < 8; sent++) client.data(1, false, new byte[16 * 1024 - 1]);
        // the worker takes the first 256 kB, and may pause meanwhile
        for (int i = 0; i < 100 && DisconnectReason.BUFFER.count() == cutBefore; i++) fill(client, 1);
        awaitCut();
    }

    /** The client does not read the replies, which stay queued. */
    @ParameterizedTest
    @ValueSource(ints = {RawHttp2.PING, RawHttp2.SETTINGS, RawHttp2.PRIORITY, RawHttp2.RST_STREAM, RawHttp2.DATA})
    void aFloodEndsTheConnection(int type) throws Exception {
        start();
        RawHttp2 client = connect();
        boolean ended = false;
        try {
            for (int i = 0; i < 20_000; i++) {
                int stream = 2 * i + 1;
                switch (type) {
                    case RawHttp2.PING -> client.ping();
                    case RawHttp2.SETTINGS -> client.settings(RawHttp2.INITIAL_WINDOW_SIZE, i);
                    case RawHttp2.PRIORITY -> client.frame(RawHttp2.PRIORITY, 0, stream, new byte[5]);
                    case RawHttp2.RST_STREAM -> client.get(stream, "/file.txt").reset(stream, 8);
                    default -> {
                        if (i == 0) client.request(1, false, "POST", "/hold");
                        client.data(1, false);
                    }
                }
            }
            client.awaitEnd(SOON);
            ended = true;
        } catch (SocketTimeoutException e) {
            // still open
        } catch (IOException e) {
            ended = true;
        }
        assertThat(ended).isTrue();
        assertThat(connect().get(1, "/file.txt").answer(1, SOON).body()).isEqualTo("a file\n");
    }
}
