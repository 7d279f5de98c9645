package dev.kitbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.standalone.settings.Environment;
import dev.kitbridge.standalone.settings.Settings;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Requests to a running app and its responses. */
class InstanceTest extends RunningApp {

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

    @Test
    void filesAndPagesComeOverBothVersionsOfHttp() throws Exception {
        start();

        try (RawHttp2 client = RawHttp2.plain(instance.socket()).preface()) {
            var answers = client.get(1, "/file.txt").get(3, "/echo").answers(Set.of(1, 3), Duration.ofSeconds(20));
            assertThat(answers.get(1).body()).isEqualTo("a file\n");
            Map<String, Object> page = json(answers.get(3).body());
            assertThat(page.get("url")).isEqualTo("https://a.test/echo");
            assertThat(page.get("address")).isEqualTo("127.0.0.1");
        }
        try (RawClient client = client()) {
            assertThat(client.get("/file.txt").response())
                    .startsWith("HTTP/1.1 200")
                    .endsWith("a file\n");
            assertThat(client.get("/echo").response()).contains("\"url\":\"https://a.test/echo\"");
        }
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
    void aRequestSentDuringAResponseIsAnsweredNext() throws Exception {
        start();
        try (RawClient client = client()) {
            client.get("/hold?ms=1200");
            app.awaitLine("holding ?ms=1200");
            // the pause may or may not suffice for the connection to be watched; both cases must work
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
    void aRequestBeyondTheShutdownTimeoutIsCutOff() throws Exception {
        start("SHUTDOWN_TIMEOUT", "0");
        try (RawClient busy = client()) {
            busy.get("/hold");
            app.awaitLine("holding ");

            instance.stop("SIGTERM");

            assertThat(busy.rest()).doesNotContain("held");
        }
    }
}
