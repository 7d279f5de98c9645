package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.AppFiles;
import dev.kitbridge.server.Await;
import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Init;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.RequestContexts;
import dev.kitbridge.server.Requests;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.TestApp;
import dev.kitbridge.server.internal.Answer;
import dev.kitbridge.server.internal.site.SiteManifest;
import dev.kitbridge.server.internal.workers.WorkerPool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A page cache in front of a real worker, with a clock that the test moves. */
final class CachedApp implements AutoCloseable {

    static final RespondOptions ANYBODY = RespondOptions.of("192.0.2.1");

    private static final AtomicInteger PAGES = new AtomicInteger();

    final AtomicLong clock = new AtomicLong(1);
    final TestApp app;
    final WorkerPool pool;
    final PageCache cache;

    CachedApp(Path folder, Init.PageCache.Mode mode) throws Exception {
        this(folder, mode, Replicas.NONE);
    }

    CachedApp(Path folder, Init.PageCache.Mode mode, Replicas replicas) throws Exception {
        this(folder, new Init.PageCache(mode, 4 * 1024 * 1024), replicas);
    }

    CachedApp(Path folder, Init.PageCache settings, Replicas replicas) throws Exception {
        app = TestApp.in(folder);
        CompletableFuture<PageCache> opened = new CompletableFuture<>();
        pool = WorkerPool.start(
                app.init(),
                app.folder().resolve(SiteManifest.ENTRY),
                AppFiles.FIXED,
                null,
                new RequestContexts(),
                revalidation -> opened.thenCompose(pages -> pages.revalidate(revalidation)));
        pool.started().get(TestApp.LONG.toSeconds(), TimeUnit.SECONDS);
        cache = new PageCache(pool, settings, replicas, clock::get, this::now);
        opened.complete(cache);
    }

    /** Returns the path of a new page; an apostrophe stands for a quotation mark, a tilde for an apostrophe. */
    static String page(String json) {
        String code = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.replace('\'', '"').replace('~', '\'').getBytes(StandardCharsets.UTF_8));
        return "/kept/" + code + "/" + PAGES.incrementAndGet();
    }

    /** Returns the path of a new page that may be kept for a minute. */
    static String kept(String more) {
        return page("{'headers':{'cache-control':'s-maxage=60'" + more + "}}");
    }

    /** Returns the time of the clock, which began at a fixed date. */
    Instant now() {
        return Instant.parse("2026-03-01T12:00:00Z").plusNanos(clock.get());
    }

    void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    Answer send(Request request, RespondOptions options) {
        Answer answer = new Answer(
                request,
                (asked, failure) ->
                        new Response(503, Headers.of("content-length", "0"), Body.EMPTY, Response.Source.SERVER));
        if (!cache.handle(request, options, answer)) pool.handle(request, options, answer);
        return answer;
    }

    Response ask(Request request) {
        return Requests.await(send(request, ANYBODY));
    }

    Response ask(String target, String... headers) {
        return ask(Request.get(Requests.ORIGIN, target, Headers.of(headers)));
    }

    Response ask(String target, RespondOptions options) {
        return Requests.await(send(Requests.get(target), options));
    }

    /** Returns the text of a page: the number of its rendering, and what the app saw. */
    String text(String target, String... headers) {
        return TestApp.text(ask(target, headers)).strip();
    }

    static boolean isHit(Response response) {
        response.discard();
        return response.source() == Response.Source.CACHE
                && String.valueOf(response.headers().first("cache-status")).startsWith("kitbridge; hit");
    }

    void awaitIdle() throws InterruptedException {
        Await.until("the end of all requests", () -> pool.runningRequests() == 0);
    }

    @Override
    public void close() {
        pool.close("SIGTERM", Duration.ofSeconds(5));
    }
}
