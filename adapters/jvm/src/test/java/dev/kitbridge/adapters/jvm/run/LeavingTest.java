package dev.kitbridge.adapters.jvm.run;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Clients that go away before they are answered. */
class LeavingTest extends RunningApp {

    @Test
    void aClientThatResetsItsHttp2StreamCancelsItsPage() throws Exception {
        start();
        HttpClient client = HttpClient.newHttpClient();
        // the upgrade to HTTP/2 comes with the first request
        client.send(
                HttpRequest.newBuilder(URI.create(instance.address() + "/file.txt"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        CompletableFuture<HttpResponse<String>> page = client.sendAsync(
                HttpRequest.newBuilder(URI.create(instance.address() + "/hold")).build(),
                HttpResponse.BodyHandlers.ofString());
        app.awaitLine("holding ");

        page.cancel(true);

        app.awaitLine("aborted");
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
