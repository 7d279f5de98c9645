package dev.kitbridge.standalone;

import org.junit.jupiter.api.Test;

/** Clients that disconnect before the response. */
class LeavingTest extends RunningApp {

    @Test
    void aClientThatResetsItsHttp2StreamCancelsItsPage() throws Exception {
        start();
        try (RawHttp2 client = RawHttp2.plain(instance.socket()).preface()) {
            client.get(1, "/hold");
            app.awaitLine("holding ");
            client.reset(1, 8);
            app.awaitLine("aborted");
        }
    }

    @Test
    void aClientThatLeavesCancelsItsPage() throws Exception {
        start();
        try (RawClient client = client()) {
            client.get("/hold");
            app.awaitLine("holding ");
        }
        app.awaitLine("aborted");
    }

    @Test
    void aClientThatLeavesCancelsItsFormPost() throws Exception {
        start();
        try (RawClient client = client()) {
            client.send("POST /hold HTTP/1.1\r\nhost: a.test\r\ncontent-length: 3\r\n\r\na=b");
            app.awaitLine("holding ");
        }
        app.awaitLine("aborted");
    }

    @Test
    void aClientThatLeavesEndsItsEvents() throws Exception {
        start("ACCESS_LOG", "json");
        try (RawClient client = client()) {
            client.get("/events").until("data: 1\n\n");
        }
        app.awaitLine("events cancelled");
    }
}
