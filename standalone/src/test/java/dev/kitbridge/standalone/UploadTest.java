package dev.kitbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A body that arrives in chunks or frames of one byte reaches the app in larger pieces. */
class UploadTest extends RunningApp {

    private static final int BYTES = 50_000;

    private static final int MOST_CHUNKS = BYTES / 10;

    @Test
    void chunksOfOneByteAreJoined() throws Exception {
        start();
        try (RawClient client = client()) {
            client.send(
                    "POST /chunks HTTP/1.1\r\nhost: a.test\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n");
            client.send("1\r\na\r\n".repeat(BYTES) + "0\r\n\r\n");
            String answer = client.rest();
            assertThat(answer).startsWith("HTTP/1.1 200");
            String body = answer.substring(answer.indexOf("\r\n\r\n")).replaceAll("\r\n[0-9a-f]+\r\n(\\d+)\r\n", "$1");
            assertThat(body.lines().filter(line -> !line.isEmpty()).findFirst().orElseThrow())
                    .satisfies(count -> assertThat(Integer.parseInt(count)).isBetween(1, MOST_CHUNKS));
        }
    }

    @Test
    void dataFramesOfOneByteAreJoined() throws Exception {
        start();
        try (RawHttp2 client = RawHttp2.plain(instance.socket()).preface()) {
            client.request(1, false, "POST", "/chunks");
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            for (int i = 0; i < BYTES; i++)
                frames.writeBytes(RawHttp2.bytes(RawHttp2.DATA, RawHttp2.NONE, 1, (byte) 'a'));
            client.raw(frames.toByteArray()).data(1, true);
            RawHttp2.Answer answer = client.answer(1, Duration.ofSeconds(20));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(Integer.parseInt(answer.body())).isBetween(1, MOST_CHUNKS);
        }
    }

    /** A chunk does not wait for the next one. */
    @Test
    void aByteAloneIsPassedOn() throws Exception {
        start();
        try (RawClient client = client()) {
            client.send("POST /same HTTP/1.1\r\nhost: a.test\r\ncontent-length: 3\r\nconnection: close\r\n\r\n");
            assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 200");
            for (String each : List.of("a", "b", "c")) {
                client.send(each);
                assertThat(client.until(each)).endsWith("1\r\n" + each);
            }
            assertThat(client.rest()).isEqualTo("\r\n0\r\n\r\n");
        }
    }
}
