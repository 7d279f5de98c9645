package dev.kitbridge.server.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Revalidation;
import dev.kitbridge.server.replicas.SharedCache;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The behaviour of a replica when messages are lost, and while the shared cache fails. */
class SharedRevalidationsTest {

    /** A shared cache with the answers of the test. */
    private static final class Answers implements SharedCache {
        CompletionStage<Changes> changes = CompletableFuture.completedFuture(changes("a", 1, true));
        CompletionStage<Revalidated> revalidated =
                CompletableFuture.completedFuture(new Revalidated(new Generation("a", 2), List.of()));
        final List<Set<String>> sent = new ArrayList<>();
        final List<Optional<Generation>> reported = new ArrayList<>();

        static Changes changes(String epoch, long number, boolean complete, String... marks) {
            return new Changes(new Generation(epoch, number), complete, List.of(marks));
        }

        @Override
        public CompletionStage<Optional<ByteBuffer>> get(String key, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<?> put(String key, ByteBuffer value, Duration lifetime) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<?> remove(String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Boolean> lock(String key, Duration lease, boolean force) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<?> unlock(String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Generations> generations(List<String> marks) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Revalidated> revalidate(List<String> marks, Duration limit) {
            sent.add(Set.copyOf(marks));
            return revalidated;
        }

        @Override
        public CompletionStage<Changes> changes(@Nullable Generation known) {
            reported.add(Optional.ofNullable(known));
            return changes;
        }

        @Override
        public void close() {}
    }

    private final AtomicLong clock = new AtomicLong();
    private final Guard guard = new Guard(Duration.ofMillis(50), clock::get);
    private final SharedRevalidations revalidations = new SharedRevalidations(guard);
    private final Answers cache = new Answers();
    private final List<Set<String>> forgotten = new ArrayList<>();

    @BeforeEach
    void attach() {
        revalidations.attach(cache);
        revalidations.listen(forgotten::add);
    }

    private static SharedCache.Generation generation(String epoch, long number) {
        return new SharedCache.Generation(epoch, number);
    }

    private void exchange(SharedCache.Changes changes) {
        cache.changes = CompletableFuture.completedFuture(changes);
        revalidations.exchange().join();
    }

    private List<String> revalidate(String tag) {
        return revalidations
                .revalidate(Revalidation.ofTags(tag), true)
                .toCompletableFuture()
                .join()
                .unreached();
    }

    private static <T> CompletableFuture<T> unavailable() {
        return CompletableFuture.failedFuture(new IOException("gone"));
    }

    @Test
    void whatWasMissedIsForgotten() {
        exchange(Answers.changes("a", 1, true));
        assertThat(forgotten).isEmpty();
        exchange(Answers.changes("a", 3, true, "#x", "/y"));
        assertThat(forgotten).containsExactly(Set.of("#x", "/y"));
        exchange(Answers.changes("a", 9, false));
        assertThat(forgotten.get(1)).containsExactly(Names.ALL);
        assertThat(cache.reported)
                .containsExactly(Optional.empty(), Optional.of(generation("a", 1)), Optional.of(generation("a", 3)));
    }

    @Test
    void aMessageAfterAGapDoesNotHideTheGap() {
        exchange(Answers.changes("a", 1, true));
        revalidations.revalidated(generation("a", 2), List.of("#two"));
        revalidations.revalidated(generation("a", 4), List.of("#four"));
        assertThat(revalidations.known()).isEqualTo(generation("a", 2));
        exchange(Answers.changes("a", 4, true, "#three", "#four"));
        assertThat(revalidations.known()).isEqualTo(generation("a", 4));
        assertThat(forgotten).containsExactly(Set.of("#two"), Set.of("#four"), Set.of("#three", "#four"));
    }

    @Test
    void aRevalidationThatCannotBeSentIsSentLater() {
        exchange(Answers.changes("a", 1, true));
        cache.revalidated = unavailable();
        assertThat(revalidate("x")).singleElement().asString().contains("gone");
        assertThat(revalidations.isUnsent(List.of("/page", "#x"))).isTrue();
        assertThat(revalidations.isUnsent(List.of("/page", "#y"))).isFalse();
        cache.changes = unavailable();
        revalidations.exchange().join();
        assertThat(cache.sent).hasSize(1);
        cache.revalidated =
                CompletableFuture.completedFuture(new SharedCache.Revalidated(generation("a", 2), List.of()));
        exchange(Answers.changes("a", 1, true));
        assertThat(cache.sent).containsExactly(Set.of("#x"), Set.of("#x"));
        assertThat(revalidations.isUnsent(List.of("#x"))).isFalse();
    }

    @Test
    void tooManyUnsentNamesBecomeAll() {
        cache.revalidated = unavailable();
        for (int i = 0; i <= 20_000; i++) revalidate("t" + i);
        assertThat(revalidations.isUnsent(List.of("/any"))).isTrue();
        cache.sent.clear();
        exchange(Answers.changes("a", 1, true));
        assertThat(cache.sent).containsExactly(Set.of(Names.ALL));
    }

    @Test
    void whatWasNotConfirmedIsSentAgainIfTheCacheLosesItsData() {
        exchange(Answers.changes("a", 1, true));
        cache.revalidated =
                CompletableFuture.completedFuture(new SharedCache.Revalidated(generation("a", 2), List.of("two")));
        assertThat(revalidate("x")).containsExactly("replica two: no confirmation within 1 s");
        cache.revalidated =
                CompletableFuture.completedFuture(new SharedCache.Revalidated(generation("b", 1), List.of()));
        exchange(Answers.changes("a", 2, true));
        assertThat(cache.sent).hasSize(1);
        exchange(Answers.changes("b", 0, true));
        assertThat(cache.sent).containsExactly(Set.of("#x"), Set.of("#x"));
        exchange(Answers.changes("c", 0, true));
        assertThat(cache.sent).hasSize(2);
    }

    @Test
    void requestsDoNotCallACacheThatDoesNotAnswer() {
        assertThat(guard.isAvailable()).isFalse();
        exchange(Answers.changes("a", 1, true));
        assertThat(guard.isAvailable()).isTrue();
        AtomicLong calls = new AtomicLong();
        for (int i = 0; i < 3; i++) {
            assertThat(guard.isAvailable()).isTrue();
            CompletableFuture<Object> call = guard.budget().call(() -> {
                calls.incrementAndGet();
                return new CompletableFuture<>();
            });
            assertThat(call.handle((value, failure) -> failure).join()).isNotNull();
        }
        assertThat(guard.isAvailable()).isFalse();
        assertThat(guard.budget().call(() -> {
                    calls.incrementAndGet();
                    return new CompletableFuture<>();
                }))
                .isCompletedExceptionally();
        assertThat(calls).hasValue(3);
        // an answer that takes longer than a request waits
        CompletableFuture<SharedCache.Changes> slow = new CompletableFuture<>();
        cache.changes = slow;
        CompletableFuture<?> exchange = revalidations.exchange();
        clock.addAndGet(Duration.ofMillis(51).toNanos());
        slow.complete(Answers.changes("a", 1, true));
        exchange.join();
        assertThat(guard.isAvailable()).isFalse();
        exchange(Answers.changes("a", 1, true));
        assertThat(guard.isAvailable()).isTrue();
    }

    @Test
    void oneRequestWaitsNoLongerThanItsBudgetOverSeveralCalls() {
        exchange(Answers.changes("a", 1, true));
        Guard.Budget budget = guard.budget();
        assertThat(budget.call(() -> CompletableFuture.completedFuture(1))).isCompletedWithValue(1);
        clock.addAndGet(Duration.ofMillis(50).toNanos());
        assertThat(budget.call(() -> CompletableFuture.completedFuture(1))).isCompletedExceptionally();
    }
}
