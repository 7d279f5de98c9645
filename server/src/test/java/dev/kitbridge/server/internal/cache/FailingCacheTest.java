package dev.kitbridge.server.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Init;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.Revalidation;
import dev.kitbridge.server.internal.Answer;
import dev.kitbridge.server.internal.BufferQueue;
import dev.kitbridge.server.internal.Handler;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No failure within the cache leaves a client waiting. */
class FailingCacheTest {

    private static final Response PAGE = new Response(
            200,
            Headers.of("cache-control", "s-maxage=60", "content-length", "4"),
            new Body.Bytes(ByteBuffer.wrap(new byte[4])),
            Response.Source.WORKER);

    private final AtomicBoolean broken = new AtomicBoolean();
    private final AtomicInteger renderings = new AtomicInteger();

    private PageCache cache(Handler workers) {
        return new PageCache(
                workers,
                new Init.PageCache(Init.PageCache.Mode.ON, 1024 * 1024),
                Replicas.NONE,
                () -> {
                    if (broken.getAndSet(false)) throw new IllegalStateException("the clock is broken");
                    return 1;
                },
                InstantSource.system());
    }

    private static Response ask(PageCache cache) {
        return ask(cache, Request.get("http://localhost", "/page", Headers.EMPTY));
    }

    private static Response ask(PageCache cache, Request request) {
        Answer answer = new Answer(
                request, (asked, failure) -> new Response(500, Headers.EMPTY, Body.EMPTY, Response.Source.SERVER));
        answer.attempt(() ->
                assertThat(cache.handle(request, RespondOptions.of(""), answer)).isTrue());
        assertThat(answer).isDone();
        return answer.join();
    }

    @Test
    void aPageThatCannotBeKeptIsPassedOn() {
        PageCache cache = cache((request, options, answer) -> {
            broken.set(renderings.incrementAndGet() == 1);
            return answer.complete(PAGE);
        });
        Response first = ask(cache);
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.headers().first("cache-status")).isEqualTo("kitbridge; fwd=uri-miss; detail=error");
        assertThat(cache.figures().failures()).isEqualTo(1);
        assertThat(ask(cache).headers().first("cache-status")).contains("stored");
        assertThat(ask(cache).source()).isEqualTo(Response.Source.CACHE);
    }

    @Test
    void aHandlerThatThrowsIsAFailedRendering() {
        PageCache cache = cache((request, options, answer) -> {
            if (renderings.incrementAndGet() == 1) throw new IllegalStateException("no link");
            return answer.complete(PAGE);
        });
        assertThat(ask(cache).status()).isEqualTo(500);
        assertThat(ask(cache).status()).isEqualTo(200);
    }

    /** The calls of the clock stand for all steps of a request, from its start to its response. */
    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class, NoClassDefFoundError.class})
    void whereverTheCacheFailsTheClientGetsAnAnswer(Class<? extends Throwable> failure) throws Exception {
        fails(failure, PAGE);
        fails(
                failure,
                new Response(
                        200,
                        PAGE.headers(),
                        new Body.Stream(subscriber -> new OneBuffer().subscribe(subscriber), 4),
                        PAGE.source()));
    }

    /** Publishes one buffer to each subscriber. */
    private static final class OneBuffer extends BufferQueue {

        OneBuffer() {
            add(ByteBuffer.wrap(new byte[4]));
            end(null);
        }

        @Override
        protected void cancelled() {}
    }

    private static void fails(Class<? extends Throwable> failure, Response page) throws Exception {
        Throwable thrown = failure.getConstructor().newInstance();
        int failed = 0;
        for (int call = 0; call < 20; call++) {
            AtomicInteger left = new AtomicInteger(call);
            PageCache cache = new PageCache(
                    (request, options, answer) -> answer.complete(page),
                    new Init.PageCache(Init.PageCache.Mode.ON, 1024 * 1024),
                    Replicas.NONE,
                    () -> left.getAndDecrement() == 0 ? FailingCacheTest.<RuntimeException>fail(thrown) : 1,
                    InstantSource.system());
            while (left.get() >= 0) {
                if (ask(cache).status() == 500) failed++;
            }
            assertThat(ask(cache).status()).as("afterwards").isEqualTo(200);
        }
        assertThat(failed).as("otherwise no step was reached").isPositive();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> long fail(Throwable failure) throws T {
        throw (T) failure;
    }

    @Test
    void aChangeThatCannotBeToldIsAnswered() {
        PageCache cache = new PageCache(
                (request, options, answer) -> answer.complete(PAGE),
                new Init.PageCache(Init.PageCache.Mode.ON, 1024 * 1024),
                new Replicas() {
                    @Override
                    public void listen(Consumer<Set<String>> forget) {}

                    @Override
                    public CompletionStage<Revalidation.Result> revalidate(Revalidation what, boolean confirmed) {
                        throw new NoClassDefFoundError("a driver that is not there");
                    }
                });
        Request post = new Request("POST", "http://localhost", "/page", Headers.EMPTY, null);
        assertThat(ask(cache, post).status()).isEqualTo(500);
    }
}
