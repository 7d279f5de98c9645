package dev.kitbridge.server.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.Requests;
import dev.kitbridge.server.Response;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AnswerTest {

    private final List<String> failures = new ArrayList<>();
    private final AtomicInteger cancelled = new AtomicInteger();

    private Answer answer(String method) {
        return new Answer(Request.of(method, Requests.ORIGIN, "/", Headers.EMPTY, null), (request, failure) -> {
            failures.add(failure.getMessage());
            return new Response(502, Headers.EMPTY, Body.EMPTY, Response.Source.SERVER);
        });
    }

    private Response rendered() {
        Flow.Publisher<ByteBuffer> body = subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {
                cancelled.incrementAndGet();
            }
        });
        return new Response(200, Headers.of("content-length", "9"), new Body.Stream(body, 9), Response.Source.WORKER);
    }

    @Test
    void anAnswerIsGivenOnce() {
        Answer answer = answer("GET");
        Response first = rendered();
        assertThat(answer.complete(first)).isTrue();
        assertThat(answer.complete(rendered())).isFalse();
        answer.fail(new IOException("too late"));
        assertThat(answer.join()).isSameAs(first);
        assertThat(cancelled).as("the second body").hasValue(1);
        assertThat(failures).isEmpty();
    }

    @Test
    void aFailureIsAnErrorPage() {
        Answer answer = answer("GET");
        answer.fail(new IOException("worker 1 went away"));
        assertThat(answer.join().status()).isEqualTo(502);
        assertThat(failures).containsExactly("worker 1 went away");
    }

    @Test
    void theBodyOfACancelledAnswerIsDiscarded() {
        Answer answer = answer("GET");
        answer.cancel(false);
        assertThat(answer.complete(rendered())).isFalse();
        assertThat(cancelled).hasValue(1);
    }

    @Test
    void theAnswerToHeadHasHeadersAndNoBody() {
        Answer answer = answer("HEAD");
        answer.complete(rendered());
        assertThat(answer.join().headers().first("content-length")).isEqualTo("9");
        assertThat(answer.join().body()).isEqualTo(Body.EMPTY);
        assertThat(cancelled).hasValue(1);
    }
}
