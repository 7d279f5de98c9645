package dev.kitbridge.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Await;
import dev.kitbridge.server.Collector;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Requests;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.Revalidation;
import dev.kitbridge.server.TestApp;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two replicas with one Redis. */
class SharedPagesTest {

    @TempDir
    static Path folder;

    private static final AtomicInteger PAGES = new AtomicInteger();

    private static RedisServer redis;

    private Replica one;
    private Replica two;

    @BeforeAll
    static void start() throws Exception {
        redis = RedisServer.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (redis != null) redis.close();
    }

    @BeforeEach
    void open() throws Exception {
        one = new Replica("one", redis.url()).ready();
        two = new Replica("two", redis.url()).ready();
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    private static String page() {
        return "/page/" + PAGES.incrementAndGet();
    }

    private String kept(String... fields) throws Exception {
        String path = page();
        Headers.Builder headers = Headers.builder().add("cache-control", "s-maxage=60");
        for (int i = 0; i < fields.length; i += 2) headers.add(fields[i], fields[i + 1]);
        one.headers.put(path, headers.build());
        two.headers.put(path, headers.build());
        redis.keeping(() -> assertThat(one.author(path)).isEqualTo("one"));
        return path;
    }

    @Test
    void aPageOfOneReplicaIsServedByTheOther() throws Exception {
        String path = kept("x-own", "1");
        Response first = one.get(path, "accept-encoding", "gzip");
        Response response = two.get(path, "accept-encoding", "gzip");
        assertThat(response.headers().first("cache-status")).startsWith("kitbridge; hit; detail=shared; ttl=");
        assertThat(response.headers().first("x-own")).isEqualTo("1");
        assertThat(response.headers().first("etag")).isEqualTo(first.headers().first("etag"));
        assertThat(response.headers().first("content-encoding")).isEqualTo("gzip");
        byte[] bytes = Collector.of(response).bytes();
        assertThat(bytes).isEqualTo(Collector.of(first).bytes());
        assertThat(new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes())
                .startsWith("one ".getBytes());
        assertThat(two.renderings).hasValue(0);
        assertThat(two.status(path)).startsWith("kitbridge; hit; ttl=");
    }

    @Test
    void aRevalidationIsSeenByTheNextRequestOfTheOtherReplica() throws Exception {
        for (String how : List.of("tag", "path", "all")) {
            String path = kept("cache-tag", "product:7");
            Revalidation revalidation =
                    switch (how) {
                        case "tag" -> Revalidation.ofTags("product:7");
                        case "path" -> Revalidation.ofPaths(path);
                        default -> Revalidation.ofAll();
                    };
            assertThat(two.author(path)).isEqualTo("one");
            assertThat(two.revalidate(revalidation)).isEqualTo(Revalidation.Result.COMPLETE);
            int before = one.renderings.get();
            one.author(path);
            assertThat(one.renderings).as(revalidation.toString()).hasValue(before + 1);
        }
    }

    @Test
    void anotherTagOrPathChangesNothing() throws Exception {
        String path = kept("cache-tag", "product:8");
        two.revalidate(new Revalidation(Set.of(path + "0"), Set.of("product:80"), false));
        assertThat(two.author(path)).isEqualTo("one");
        assertThat(two.renderings).hasValue(0);
    }

    @Test
    void aLostMessageIsHealedByTheGeneration() throws Exception {
        String path = kept("cache-tag", "lost");
        assertThat(two.author(path)).isEqualTo("one");
        // a revalidation of which nobody is told
        long number = redis.commands().hincrby("{test}:generation", "number", 1);
        redis.commands().zadd("{test}:marks", number, "#lost".getBytes());
        Await.until("a new rendering", () -> two.author(path).equals("two"));
        Await.until("the other replica", () -> one.author(path).equals("two"));
    }

    @Test
    void aPageThatWasRenderedBeforeARevalidationIsNotShared() throws Exception {
        String path = page();
        CompletableFuture<Void> gate = new CompletableFuture<>();
        one.gates.put(path, gate);
        one.headers.put(path, Headers.of("cache-control", "s-maxage=60", "cache-tag", "early"));
        CompletableFuture<Response> early = one.send(path);
        Await.until("the rendering", () -> one.renderings.get() == 1);
        assertThat(two.revalidate(Revalidation.ofTags("early"))).isEqualTo(Revalidation.Result.COMPLETE);
        gate.complete(null);
        Requests.await(early).discard();
        assertThat(two.author(path)).isEqualTo("two");
    }

    @Test
    void oneReplicaRendersForAll() throws Exception {
        String path = page();
        CompletableFuture<Void> gate = new CompletableFuture<>();
        one.gates.put(path, gate);
        CompletableFuture<Response> first = one.send(path);
        Await.until("the rendering", () -> one.renderings.get() == 1);
        List<CompletableFuture<Response>> others = List.of(two.send(path), two.send(path), two.send(path));
        gate.complete(null);
        Requests.await(first).discard();
        for (CompletableFuture<Response> other : others) {
            assertThat(TestApp.text(Requests.await(other))).startsWith("one ");
        }
        assertThat(two.renderings).hasValue(0);
    }

    @Test
    void aReplicaThatWaitsTooLongRendersItself() throws Exception {
        String path = page();
        one.gates.put(path, new CompletableFuture<>());
        one.send(path);
        Await.until("the rendering", () -> one.renderings.get() == 1);
        assertThat(two.author(path)).isEqualTo("two");
    }

    @Test
    void aReplicaThatRendersAPageForOneVisitorIsNotWaitedForAgain() throws Exception {
        String path = page();
        Headers personal = Headers.of("set-cookie", "a=1");
        one.headers.put(path, personal);
        two.headers.put(path, personal);
        assertThat(one.author(path)).isEqualTo("one");
        assertThat(two.author(path)).isEqualTo("two");
        Await.until(
                "release of the lock", () -> redis.commands().keys("*:lock:*").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-cache", "max-age=0"})
    void aClientThatWantsANewerPageDoesNotGetThatOfAnotherReplica(String wish) throws Exception {
        String known = kept();
        assertThat(two.author(known)).isEqualTo("one");
        assertThat(two.author(known, "cache-control", wish)).isEqualTo("two");
        String unknown = kept();
        assertThat(two.author(unknown, "cache-control", wish)).isEqualTo("two");
        // nobody else renders it again
        assertThat(two.author(unknown)).isEqualTo("two");
        assertThat(two.renderings).hasValue(2);
    }

    @Test
    void aClientThatWantsANewerPageDoesNotWaitForAnotherReplica() throws Exception {
        String path = page();
        one.gates.put(path, new CompletableFuture<>());
        one.send(path);
        Await.until("the lock", () -> !redis.commands().keys("*:lock:*").isEmpty());
        long start = System.nanoTime();
        assertThat(two.author(path, "cache-control", "no-cache")).isEqualTo("two");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        one.gates.get(path).complete(null);
    }

    @Test
    void aPageOfAnotherReplicaIsCountedAsShared() throws Exception {
        String path = kept();
        two.get(path).discard();
        two.get(path).discard();
        assertThat(two.figures().shared()).isEqualTo(1);
        assertThat(two.figures().hits()).isEqualTo(1);
        assertThat(two.figures().misses()).isZero();
        assertThat(one.figures().misses()).isEqualTo(1);
        assertThat(one.figures().shared()).isZero();
    }

    @Test
    void aPageForUnknownVisitorsIsNotServedToAKnownOne() throws Exception {
        String path = page();
        one.used.put(path, "principal");
        redis.keeping(() -> assertThat(one.author(path)).isEqualTo("one"));
        RespondOptions known = new RespondOptions(
                () -> "192.0.2.1",
                Replica.ANYBODY.protocol(),
                new RespondOptions.User("somebody", Map.of()),
                Replica.ANYBODY.attributes(),
                Replica.ANYBODY.platform(),
                null,
                null);
        two.used.put(path, "principal");
        assertThat(TestApp.text(Requests.await(two.send(Requests.get(path), known))))
                .startsWith("two ");
        assertThat(two.author(path)).isEqualTo("one");
    }

    @Test
    void anotherVersionOfTheAppHasOtherPages() throws Exception {
        String path = kept();
        try (Replica next = new Replica("next", redis.url(), "2", Replica.PATIENT).ready()) {
            assertThat(next.author(path)).isEqualTo("next");
            // a revalidation concerns all versions
            assertThat(next.revalidate(Revalidation.ofPaths(path))).isEqualTo(Revalidation.Result.COMPLETE);
        }
        int before = one.renderings.get();
        one.author(path);
        assertThat(one.renderings).hasValue(before + 1);
    }

    @Test
    void aPageHasTheAgeOfItsRendering() throws Exception {
        String path = kept();
        Thread.sleep(Duration.ofMillis(1100).toMillis());
        assertThat(two.get(path).headers().first("age")).isNotEqualTo("0");
    }
}
