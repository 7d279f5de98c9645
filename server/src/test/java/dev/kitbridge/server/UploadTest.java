package dev.kitbridge.server;

import static dev.kitbridge.server.Requests.answer;
import static dev.kitbridge.server.Requests.await;
import static dev.kitbridge.server.Requests.post;
import static dev.kitbridge.server.Requests.send;
import static dev.kitbridge.server.TestApp.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTest {

    private static final long SIZE = 50L * 1024 * 1024;

    @TempDir
    Path folder;

    @Test
    void aLargeUploadIsSentAsFastAsTheAppReads() throws Exception {
        TestApp app = TestApp.in(folder);
        try (Server server = app.open(app.init().withBodyLimit(Long.MAX_VALUE))) {
            Requests.Zeros body = new Requests.Zeros(SIZE, 16 * 1024);
            CompletableFuture<Response> answer = send(server, post("/slow-reader", body));
            app.awaitOutput("has read a piece");
            // a later answer over the same link shows that no more bytes are in transit
            long before = -1;
            while (before != body.given.get()) {
                before = body.given.get();
                answer(server, "/hello");
            }
            assertThat(before).isLessThan(600 * 1024);
            assertThat(answer).isNotDone();
            answer(server, "/open?reader");
            assertThat(text(await(answer))).isEqualTo(String.valueOf(SIZE));
            assertThat(body.given).hasValue(SIZE);
        }
    }
}
