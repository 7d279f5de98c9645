package dev.kitbridge.standalone.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Response;
import dev.kitbridge.standalone.RawClient;
import dev.kitbridge.standalone.origin.Origin;
import dev.kitbridge.standalone.settings.Environment;
import dev.kitbridge.standalone.settings.Settings;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that disconnects from a silent stream is detected, however early the stream's head was sent. */
@Timeout(60)
class ClientWatchTest {

    private final CountDownLatch cancelled = new CountDownLatch(1);

    private Front front;

    @AfterEach
    void stop() throws Exception {
        front.stop(Duration.ZERO);
    }

    private InetSocketAddress open(Responder app) throws Exception {
        Settings settings = Settings.of(new Environment(Map.of("WORKERS", "1"), ""));
        Listener listener = Listener.bind(new InetSocketAddress("127.0.0.1", 0), "http");
        front = new Front(settings, "", listener, null);
        front.open(app, Origin.of(settings.forwarding(), ""), handler -> handler);
        front.start();
        return (InetSocketAddress) listener.channel().getLocalAddress();
    }

    private Response silent() {
        Flow.Publisher<ByteBuffer> publisher = subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {
                cancelled.countDown();
            }
        });
        return new Response(200, Headers.of(), new Body.Stream(publisher, -1), Response.Source.WORKER);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 50, 400})
    void theStreamIsCancelled(int millisUntilItsHead) throws Exception {
        InetSocketAddress address = open((request, options) -> {
            if (millisUntilItsHead < 0) return CompletableFuture.completedFuture(silent());
            Executor later = CompletableFuture.delayedExecutor(millisUntilItsHead, TimeUnit.MILLISECONDS);
            return CompletableFuture.supplyAsync(this::silent, later);
        });
        try (RawClient client = new RawClient(address)) {
            client.get("/").until("\r\n\r\n");
        }
        assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAnswerThatFailsIsAnAnswer(boolean late) throws Exception {
        // it has no headers at all, so that the front fails while it sends the response
        Response response = new Response(200, null, Body.EMPTY, Response.Source.WORKER);
        InetSocketAddress address = open((request, options) -> {
            if (!late) throw new NoClassDefFoundError("of a jar that was replaced");
            return CompletableFuture.completedFuture(response);
        });
        try (RawClient client = new RawClient(address)) {
            assertThat(client.get("/").until("\r\n\r\n")).startsWith("HTTP/1.1 500");
        }
    }
}
