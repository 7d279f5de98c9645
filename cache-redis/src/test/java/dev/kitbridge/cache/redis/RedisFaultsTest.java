package dev.kitbridge.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Await;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Revalidation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Redis slow, full, gone, restarted, partitioned, and with wrong data: clients still get pages. */
class RedisFaultsTest {

    private static final Duration SHORT = Duration.ofSeconds(1);

    /** Far more than the limit of a request, and far less than a lost answer takes. */
    private static final Duration NOT_LONG = Duration.ofSeconds(25);

    private static final Logger LOG = Logger.getLogger("dev.kitbridge.server.internal.cache.PageCache");

    private static final AtomicInteger PAGES = new AtomicInteger();

    private static RedisServer redis;

    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            log.add(line.getLevel() + " " + new java.util.logging.SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        redis = RedisServer.start(folder);
    }

    @AfterAll
    static void stop() {
        if (redis != null) redis.close();
    }

    @BeforeEach
    void listen() {
        redis.commands().flushall();
        LOG.addHandler(handler);
    }

    @AfterEach
    void unlisten() {
        LOG.removeHandler(handler);
    }

    private static String page() {
        return "/page/" + PAGES.incrementAndGet();
    }

    /** A replica whose requests wait for Redis only briefly. */
    private static Replica impatient(String name, String url) {
        return new Replica(name, url, "1", SHORT);
    }

    /** Each replica logs each outage once, and its end; a busy machine may add an outage before. */
    private void awaitOutages(int replicas) throws InterruptedException {
        Await.until("the log", () -> outages() >= replicas);
        assertThat(outages()).isEqualTo(replicas);
    }

    private void awaitNoOutage() throws InterruptedException {
        Await.until("the log", () -> outages() <= 0);
        assertThat(outages()).isZero();
    }

    private long outages() {
        return logged("cache is unavailable") - logged("cache is available again");
    }

    private long logged(String text) {
        return log.stream().filter(line -> line.contains(text)).count();
    }

    private static long millis(Runnable run) {
        long start = System.nanoTime();
        run.run();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    @Test
    void redisThatIsGonePassesPagesOnAndIsFoundAgain(@TempDir Path folder) throws Exception {
        try (RedisServer own = RedisServer.start(folder);
                Replica one = impatient("one", own.url()).ready();
                Replica two = impatient("two", own.url()).ready()) {
            String kept = page();
            assertThat(one.author(kept)).isEqualTo("one");
            own.kill();
            Await.until("the failure", () -> !one.shared.isAvailable() && !two.shared.isAvailable());
            assertThat(one.status(kept)).contains("hit");
            assertThat(one.renderings).hasValue(1);
            for (int i = 0; i < 20; i++) assertThat(two.author(page())).isEqualTo("two");
            awaitOutages(2);
            own.start();
            Await.until("Redis", () -> one.shared.isAvailable() && two.shared.isAvailable());
            awaitNoOutage();
            // memory is not lost with Redis
            assertThat(one.status(kept)).contains("hit");
            assertThat(one.renderings).hasValue(1);
            String later = page();
            own.keeping(() -> assertThat(one.author(later)).isEqualTo("one"));
            assertThat(two.author(later)).isEqualTo("one");
        }
    }

    @Test
    void redisThatStartsLaterIsFound(@TempDir Path folder) throws Exception {
        RedisServer own = RedisServer.start(folder);
        own.kill();
        try (own;
                Replica one = impatient("one", own.url())) {
            assertThat(one.author(page())).isEqualTo("one");
            own.start();
            Await.until("Redis", one.shared::isAvailable);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"slow", "partitioned", "deaf"})
    void noRequestWaitsForRedisThatDoesNotAnswer(String how) throws Exception {
        try (Proxy network = new Proxy(redis.port());
                Replica one = impatient("one", network.url()).ready()) {
            if (how.equals("slow")) network.delay = 60_000;
            network.partitioned = how.equals("partitioned");
            network.deaf = how.equals("deaf");
            long all = millis(() -> {
                for (int i = 0; i < 50; i++) assertThat(one.author(page())).isEqualTo("one");
            });
            // the first requests wait for the limit; all others for nothing
            assertThat(all).isLessThan(NOT_LONG.toMillis());
            assertThat(one.shared.isAvailable()).isFalse();
            awaitOutages(1);
            network.delay = 0;
            network.partitioned = false;
            network.deaf = false;
            Await.until("Redis", one.shared::isAvailable);
            awaitNoOutage();
        }
    }

    @Test
    void aReplicaThatCannotBeToldIsNamedAndForgetsThePageLater() throws Exception {
        try (Proxy network = new Proxy(redis.port());
                Replica one = new Replica("one", redis.url()).ready();
                Replica two = impatient("two", network.url()).ready()) {
            String path = page();
            Headers tagged = Headers.of("cache-control", "s-maxage=600", "cache-tag", "price");
            one.headers.put(path, tagged);
            two.headers.put(path, tagged);
            assertThat(two.author(path)).isEqualTo("two");
            network.partitioned = true;
            Revalidation.Result result = one.revalidate(Revalidation.ofTags("price"));
            assertThat(result.unreached()).singleElement().asString().startsWith("replica ");
            assertThat(one.author(path)).isEqualTo("one");
            int before = two.renderings.get();
            network.partitioned = false;
            Await.until("the new page", () -> two.author(path).equals("one") || two.renderings.get() > before);
        }
    }

    @Test
    void aRevalidationWithoutRedisIsSentLater() throws Exception {
        try (Proxy network = new Proxy(redis.port());
                Replica one = impatient("one", network.url()).ready();
                Replica two = new Replica("two", redis.url()).ready()) {
            String path = page();
            Headers tagged = Headers.of("cache-control", "s-maxage=600", "cache-tag", "unsent");
            one.headers.put(path, tagged);
            two.headers.put(path, tagged);
            redis.keeping(() -> assertThat(two.author(path)).isEqualTo("two"));
            assertThat(one.author(path)).isEqualTo("two");
            network.partitioned = true;
            Revalidation.Result result = one.revalidate(Revalidation.ofTags("unsent"));
            assertThat(result.unreached()).singleElement().asString().contains("told when");
            assertThat(one.author(path)).isEqualTo("one");
            assertThat(two.author(path)).isEqualTo("two");
            network.partitioned = false;
            int before = two.renderings.get();
            Await.until("the new page", () -> {
                two.author(path);
                return two.renderings.get() > before || two.author(path).equals("one");
            });
        }
    }

    @Test
    void fullRedisKeepsNothingAndStillTellsRevalidations() throws Exception {
        try (Replica one = new Replica("one", redis.url()).ready();
                Replica two = new Replica("two", redis.url()).ready()) {
            String path = page();
            one.headers.put(path, Headers.of("cache-control", "s-maxage=60", "cache-tag", "full"));
            redis.keeping(() -> assertThat(one.author(path)).isEqualTo("one"));
            assertThat(two.author(path)).isEqualTo("one");
            redis.commands().configSet("maxmemory-policy", "noeviction");
            redis.commands().configSet("maxmemory", "1");
            try {
                for (int i = 0; i < 10; i++) assertThat(one.author(page())).isEqualTo("one");
                Await.until("the line in the log", () -> logged("OOM") == 1);
                assertThat(one.shared.isAvailable()).isTrue();
                assertThat(two.revalidate(Revalidation.ofTags("full"))).isEqualTo(Revalidation.Result.COMPLETE);
                int before = one.renderings.get();
                one.author(path);
                assertThat(one.renderings).hasValue(before + 1);
            } finally {
                redis.commands().configSet("maxmemory", "0");
            }
            String later = page();
            redis.keeping(() -> assertThat(one.author(later)).isEqualTo("one"));
            assertThat(two.author(later)).isEqualTo("one");
        }
    }

    @Test
    void wrongDataIsAMissAndRemoved() throws Exception {
        try (Replica one = new Replica("one", redis.url()).ready();
                Replica two = new Replica("two", redis.url()).ready()) {
            for (String kind : List.of(":page:", ":rule:")) {
                for (String how : List.of("garbage", "another", "type", "large")) {
                    redis.commands().keys("*" + kind + "*").forEach(redis.commands()::del);
                    String other = page();
                    redis.keeping(() -> one.author(other));
                    byte[] another = redis.commands().get(redis.key(kind));
                    redis.commands().keys("*" + kind + "*").forEach(redis.commands()::del);
                    String path = page();
                    redis.keeping(() -> one.author(path));
                    String key = redis.key(kind);
                    redis.commands().del(key);
                    switch (how) {
                        case "garbage" -> redis.commands().set(key, "<html>".getBytes(StandardCharsets.UTF_8));
                        case "another" -> redis.commands().set(key, another);
                        case "type" -> redis.commands().lpush(key, another);
                        default -> redis.commands().setrange(key, 20_000_000, another);
                    }
                    assertThat(two.author(path)).as(kind + how).isEqualTo("two");
                    // the page that has replaced it is right
                    Await.until("a right value in place of " + kind + how, () -> {
                        boolean text = redis.commands().type(key).equals("string");
                        long length = text ? redis.commands().strlen(key) : 0;
                        return length > 30 && length < 10_000;
                    });
                }
            }
        }
    }

    @Test
    void damagedGenerationsAreRepaired() throws Exception {
        try (Replica one = new Replica("one", redis.url()).ready();
                Replica two = new Replica("two", redis.url()).ready()) {
            for (String key : List.of("generation", "marks", "replicas")) {
                for (String how : List.of("string", "gone", "backwards")) {
                    String path = page();
                    Headers tagged = Headers.of("cache-control", "s-maxage=60", "cache-tag", "repaired");
                    one.headers.put(path, tagged);
                    two.headers.put(path, tagged);
                    two.revalidate(Revalidation.ofTags("other"));
                    one.author(path);
                    redis.commands().del("{test}:" + key);
                    if (how.equals("string")) redis.commands().set("{test}:" + key, new byte[] {1});
                    if (how.equals("backwards") && key.equals("generation")) {
                        redis.commands().hset("{test}:generation", "number", "x".getBytes(StandardCharsets.UTF_8));
                    }
                    assertThat(two.author(path)).isIn("one", "two");
                    Await.until("repair", () -> {
                        two.revalidate(Revalidation.ofTags("repaired"));
                        int before = one.renderings.get() + two.renderings.get();
                        one.author(path);
                        return one.renderings.get() + two.renderings.get() > before;
                    });
                }
            }
        }
    }
}
