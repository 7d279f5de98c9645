package dev.kitbridge.server.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Init;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.internal.Answer;
import dev.kitbridge.server.internal.Handler;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

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
        Request request = Request.get("http://localhost", "/page", Headers.EMPTY);
        Answer answer = new Answer(
                request, (asked, failure) -> new Response(500, Headers.EMPTY, Body.EMPTY, Response.Source.SERVER));
        assertThat(cache.handle(request, RespondOptions.of(""), answer)).isTrue();
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
}
