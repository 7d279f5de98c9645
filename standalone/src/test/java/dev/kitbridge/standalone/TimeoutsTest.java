package dev.kitbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Timeouts and limits of connections. */
class TimeoutsTest extends RunningApp {

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
    void connectionsBeyondTheLimitWait() throws Exception {
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
