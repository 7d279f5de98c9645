package dev.kitbridge.standalone.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OriginAdviceTest {

    private final List<String> said = new ArrayList<>();

    private OriginAdvice answering(int status) {
        Response response =
                new Response(status, Headers.of(), new Body.Bytes(ByteBuffer.allocate(0)), Response.Source.WORKER);
        return new OriginAdvice((request, options) -> CompletableFuture.completedFuture(response), "SHOP_", said::add);
    }

    private static void post(OriginAdvice app, String from) {
        Headers headers = Headers.of("host", "localhost:3000", "origin", from);
        Request request = new Request("POST", "https://localhost:3000", "/login", headers, null);
        RespondOptions options = RespondOptions.of("127.0.0.1").withProtocol("HTTP/1.1");
        assertThat(app.respond(request, options).join().status()).isPositive();
    }

    @Test
    void anotherProtocolThanTheBrowsersIsSaidOnce() {
        OriginAdvice app = answering(403);
        post(app, "http://localhost:3000");
        post(app, "http://localhost:3000");
        assertThat(said)
                .containsExactly("What a page of http://localhost:3000 posted was refused: the app is taken to be at"
                        + " https://localhost:3000; set SHOP_ORIGIN=http://localhost:3000, or, behind a proxy,"
                        + " SHOP_PROTOCOL_HEADER to the header in which it says which protocol was used");
    }

    @Test
    void otherSitesAndOtherAnswersAreNoMistake() {
        post(answering(403), "https://evil.test");
        post(answering(403), "http://localhost:3001");
        post(answering(403), "https://localhost:3000");
        post(answering(403), "null");
        post(answering(200), "http://localhost:3000");
        assertThat(said).isEmpty();
    }
}
