package dev.kitbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.TestCertificate;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The HTTP/2 client of the tests. */
class RawHttp2Test extends RunningApp {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void requestsAreAnswered() throws Exception {
        start();
        try (RawHttp2 client = RawHttp2.plain(instance.socket()).preface()) {
            client.get(1, "/file.txt").get(3, "/nothing").request(5, false, "POST", "/body");
            client.data(5, true, "abc".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            var answers = client.answers(Set.of(1, 3, 5), SOON);
            assertThat(answers.get(1).status()).isEqualTo(200);
            assertThat(answers.get(1).headers()).containsEntry("content-type", "text/plain");
            assertThat(answers.get(1).body()).isEqualTo("a file\n");
            assertThat(answers.get(3).status()).isEqualTo(404);
            assertThat(answers.get(5).body()).isEqualTo("abc");
        }
    }

    @Test
    void aBrokenFrameEndsTheConnection() throws Exception {
        start();
        try (RawHttp2 client = RawHttp2.plain(instance.socket()).preface()) {
            client.frame(RawHttp2.PING, RawHttp2.NONE, 1, new byte[8]);
            assertThat(client.awaitEnd(SOON)).as("PROTOCOL_ERROR").isEqualTo(1);
        }
    }

    @Test
    void tlsAgreesOnHttp2() throws Exception {
        TestCertificate made = TestCertificate.make(temp, "EC");
        start(
                "TLS_CERT",
                made.writeCertificate(temp.resolve("cert.pem")).toString(),
                "TLS_KEY",
                made.writeKey(temp.resolve("key.pem")).toString());
        try (RawHttp2 client = RawHttp2.tls(instance.socket()).preface()) {
            assertThat(client.await(RawHttp2.SETTINGS, SOON).settings()).containsKey(RawHttp2.MAX_CONCURRENT_STREAMS);
            assertThat(client.get(1, "/file.txt").answer(1, SOON).body()).isEqualTo("a file\n");
        }
    }
}
