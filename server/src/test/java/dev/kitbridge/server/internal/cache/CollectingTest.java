package dev.kitbridge.server.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Collector;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CollectingTest implements Collecting.Outcome, Flow.Subscription {

    private final List<String> outcomes = new ArrayList<>();
    private final Collecting collecting = new Collecting(10, this);
    private Flow.@Nullable Publisher<ByteBuffer> unfinished;
    private long requested;
    private boolean cancelled;

    @Override
    public void whole(ByteBuffer body) {
        outcomes.add("whole " + StandardCharsets.UTF_8.decode(body));
    }

    @Override
    public void unfinished(Flow.Publisher<ByteBuffer> body) {
        outcomes.add("unfinished");
        unfinished = body;
    }

    @Override
    public void failed(Throwable failure) {
        outcomes.add("failed " + failure.getMessage());
    }

    @Override
    public void request(long n) {
        requested += n;
    }

    @Override
    public void cancel() {
        cancelled = true;
    }

    @BeforeEach
    void subscribe() {
        collecting.onSubscribe(this);
    }

    private void send(String text) {
        assertThat(requested).as("requested buffers").isPositive();
        requested--;
        collecting.onNext(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Collector rest() {
        return Collector.subscribed(
                new Response(200, Headers.EMPTY, new Body.Stream(unfinished, -1), Response.Source.WORKER));
    }

    private static String text(Collector collector) {
        return new String(collector.content(), StandardCharsets.UTF_8);
    }

    @Test
    void aShortBodyIsCollected() {
        send("12345");
        send("67890");
        collecting.onComplete();
        collecting.stop();
        assertThat(outcomes).containsExactly("whole 1234567890");
    }

    @Test
    void aFailedBodyIsNot() {
        send("12345");
        collecting.onError(new IOException("lost"));
        assertThat(outcomes).containsExactly("failed lost");
    }

    @Test
    void aLongBodyIsPassedOnAsItIsRequested() {
        send("12345");
        send("678901");
        assertThat(outcomes).containsExactly("unfinished");
        Collector rest = rest();
        assertThat(requested).isZero();
        rest.request(1);
        assertThat(text(rest)).isEqualTo("12345");
        rest.request(2);
        assertThat(text(rest)).isEqualTo("12345678901");
        send("23");
        assertThat(text(rest)).isEqualTo("1234567890123");
        assertThat(requested).isZero();
        rest.request(1);
        collecting.onComplete();
        assertThat(rest.ended).isCompleted();
        assertThat(outcomes).hasSize(1);
    }

    @Test
    void aSlowBodyIsPassedOn() {
        send("12");
        collecting.stop();
        assertThat(outcomes).containsExactly("unfinished");
        Collector rest = rest();
        rest.request(9);
        assertThat(text(rest)).isEqualTo("12");
        send("34");
        collecting.onError(new IOException("lost"));
        assertThat(text(rest)).isEqualTo("1234");
        assertThat(rest.ended).isCompletedExceptionally();
    }

    @Test
    void whoDoesNotWantItEndsIt() {
        collecting.stop();
        Collector rest = rest();
        rest.cancel();
        assertThat(cancelled).isTrue();
        send("1");
        assertThat(text(rest)).isEmpty();
    }
}
