package dev.kitbridge.server.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GuardTest {

    private static final Duration LIMIT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofHours(1);

    private final AtomicLong clock = new AtomicLong();
    private final Guard guard = new Guard(LIMIT, clock::get);

    private void probe(CompletableFuture<String> answer) {
        guard.probe(() -> answer, LONG);
    }

    private void call(Throwable failure) {
        guard.budget().call(() -> CompletableFuture.failedFuture(failure));
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void isAvailableAfterAProbe() {
        assertThat(guard.isAvailable()).isFalse();
        probe(CompletableFuture.completedFuture("answer"));
        assertThat(guard.isAvailable()).isTrue();
    }

    @Test
    void isUnavailableAfterAnErrorOrSomeTimeouts() {
        probe(CompletableFuture.completedFuture("answer"));
        call(new IOException("gone"));
        assertThat(guard.isAvailable()).isFalse();
        probe(CompletableFuture.completedFuture("answer"));
        call(new TimeoutException());
        call(new TimeoutException());
        assertThat(guard.isAvailable()).isTrue();
        call(new TimeoutException());
        assertThat(guard.isAvailable()).isFalse();
    }

    @Test
    void anAnswerAfterTheTimeOfARequestIsNoRecovery() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        probe(answer);
        pass(LIMIT.plusMillis(1));
        answer.complete("answer");
        assertThat(guard.isAvailable()).isFalse();
    }

    @Test
    void aProbeFromBeforeTheFaultIsNoRecovery() {
        probe(CompletableFuture.completedFuture("answer"));
        CompletableFuture<String> answer = new CompletableFuture<>();
        probe(answer);
        pass(Duration.ofMillis(10));
        call(new IOException("gone"));
        answer.complete("answer");
        assertThat(guard.isAvailable()).isFalse();
        probe(CompletableFuture.completedFuture("answer"));
        assertThat(guard.isAvailable()).isTrue();
    }

    @Test
    void failuresWhileItIsUnavailableDoNotPutOffTheRecovery() {
        probe(CompletableFuture.completedFuture("answer"));
        CompletableFuture<String> late = new CompletableFuture<>();
        guard.budget().call(() -> late);
        call(new IOException("gone"));
        CompletableFuture<String> answer = new CompletableFuture<>();
        probe(answer);
        pass(Duration.ofMillis(10));
        late.completeExceptionally(new IOException("gone"));
        answer.complete("answer");
        assertThat(guard.isAvailable()).isTrue();
    }
}
