package dev.kitbridge.cache.redis;

import dev.kitbridge.server.Await;
import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Init;
import dev.kitbridge.server.PageCacheFigures;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.Requests;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.Revalidation;
import dev.kitbridge.server.TestApp;
import dev.kitbridge.server.internal.Answer;
import dev.kitbridge.server.internal.cache.PageCache;
import dev.kitbridge.server.internal.cache.SharedLevel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A page cache with a shared second level, in front of a worker that counts its renderings. */
final class Replica implements AutoCloseable {

    /** More than a busy machine needs. */
    static final Duration PATIENT = Duration.ofSeconds(30);

    static final RespondOptions ANYBODY = RespondOptions.of("192.0.2.1");

    final AtomicInteger renderings = new AtomicInteger();

    /** Responses by path; a path without one gets a page that may be kept for a minute. */
    final Map<String, Headers> headers = new ConcurrentHashMap<>();

    /** Renderings of these paths wait. */
    final Map<String, CompletableFuture<Void>> gates = new ConcurrentHashMap<>();

    /** Names of the members of the platform that the app asks for, by path. */
    final Map<String, String> used = new ConcurrentHashMap<>();

    final SharedLevel shared;
    private final PageCache cache;
    private final String name;

    Replica(String name, String url) {
        this(name, url, "1", PATIENT);
    }

    Replica(String name, String url, String version, Duration timeout) {
        this.name = name;
        Init.SharedPageCache level = new Init.SharedPageCache(url, "test", timeout);
        shared = SharedLevel.open(level, version);
        cache = new PageCache(this::render, new Init.PageCache(Init.PageCache.Mode.ON, 8 << 20, true, level), shared);
    }

    /** Waits until the second level answers. */
    Replica ready() throws InterruptedException {
        Await.until("Redis", shared::isAvailable);
        return this;
    }

    private boolean render(Request request, RespondOptions options, Answer answer) {
        String path = request.target();
        renderings.incrementAndGet();
        if (answer.report() != null && used.containsKey(path)) answer.report().use(used.get(path));
        gates.getOrDefault(path, CompletableFuture.completedFuture(null)).thenRun(() -> {
            Headers fields = headers.getOrDefault(path, Headers.of("cache-control", "s-maxage=60")).toBuilder()
                    .add("content-type", "text/html")
                    .build();
            byte[] body = (name + " " + path + " " + "filled ".repeat(200)).getBytes(StandardCharsets.UTF_8);
            answer.complete(new Response(200, fields, new Body.Bytes(ByteBuffer.wrap(body)), Response.Source.WORKER));
        });
        return true;
    }

    CompletableFuture<Response> send(Request request, RespondOptions options) {
        Answer answer = new Answer(
                request,
                (asked, failure) ->
                        new Response(500, Headers.of("content-length", "0"), Body.EMPTY, Response.Source.SERVER));
        if (!cache.handle(request, options, answer)) render(request, options, answer);
        return answer;
    }

    CompletableFuture<Response> send(String path) {
        return send(Requests.get(path), ANYBODY);
    }

    Response get(String path, String... fields) {
        return Requests.await(send(Request.get(Requests.ORIGIN, path, Headers.of(fields)), ANYBODY));
    }

    /** Returns which replica has rendered the page. */
    String author(String path, String... fields) {
        return TestApp.text(get(path, fields)).split(" ")[0];
    }

    PageCacheFigures figures() {
        return cache.figures();
    }

    String status(String path) {
        Response response = get(path);
        response.discard();
        return String.valueOf(response.headers().first("cache-status"));
    }

    Revalidation.Result revalidate(Revalidation revalidation) {
        return Requests.await(cache.revalidate(revalidation).toCompletableFuture());
    }

    @Override
    public void close() {
        cache.close();
    }
}
