package dev.kitbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.server.Await;
import dev.kitbridge.server.Init;
import dev.kitbridge.server.Server;
import dev.kitbridge.standalone.settings.Environment;
import dev.kitbridge.standalone.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults while clients request kept pages. Writes the rows of docs/faults.md to {@code target/cache-faults.md}. */
class CacheFaultsTest extends RunningApp {

    private static final String KEPT = page("{'headers':{'cache-control':'s-maxage=3600'}}");

    private dev.kitbridge.server.TestApp cached;

    @BeforeEach
    void open() throws Exception {
        cached = dev.kitbridge.server.TestApp.in(temp.resolve("cached"));
        Settings settings = Settings.of(new Environment(Map.of("HOST", "127.0.0.1", "PORT", "0"), ""));
        Init init = cached.init().withPageCache(new Init.PageCache(Init.PageCache.Mode.ON, 64 * 1024 * 1024));
        instance = Instance.start(settings, "", () -> Server.open(cached.folder(), init), out, () -> {});
        assertThat(get(KEPT)).startsWith("HTTP/1.1 200");
    }

    /** Ends renderings that wait, so that the server stops at once. */
    @AfterEach
    void openGates() throws IOException {
        for (String gate : List.of("crowd-2", "endless-2")) get("/kept/open?" + gate);
    }

    private static String page(String json) {
        byte[] text = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return "/kept/" + Base64.getUrlEncoder().withoutPadding().encodeToString(text) + "/1";
    }

    private String get(String target) throws IOException {
        try (RawClient client = client()) {
            return client.get(target).response();
        }
    }

    /** Clients that request the kept page without a pause. */
    private final class Load implements AutoCloseable {

        final Map<String, Integer> statuses = new ConcurrentHashMap<>();
        final AtomicInteger answers = new AtomicInteger();
        final AtomicLong slowest = new AtomicLong();
        private final AtomicBoolean over = new AtomicBoolean();
        private final List<Thread> threads = new ArrayList<>();

        Load() {
            for (int i = 0; i < 4; i++) threads.add(new Thread(this::run, "load"));
            threads.forEach(Thread::start);
        }

        private void run() {
            try (RawClient client = client()) {
                while (!over.get()) {
                    long start = System.nanoTime();
                    String response = client.get(KEPT).response();
                    slowest.accumulateAndGet(System.nanoTime() - start, Math::max);
                    statuses.merge(response.substring(9, 12), 1, Integer::sum);
                    answers.incrementAndGet();
                }
            } catch (IOException e) {
                statuses.merge(e.toString(), 1, Integer::sum);
            }
        }

        void more() throws InterruptedException {
            int now = answers.get();
            Await.until("more responses", () -> answers.get() > now + 100);
        }

        @Override
        public void close() {
            over.set(true);
        }

        String end() throws InterruptedException {
            over.set(true);
            for (Thread thread : threads) thread.join();
            assertThat(statuses).containsOnlyKeys("200");
            return answers + " requests, all 200, the slowest in " + TimeUnit.NANOSECONDS.toMillis(slowest.get())
                    + " ms";
        }
    }

    private static void row(String fault, String others, String inside, String recovery) throws IOException {
        Files.writeString(
                Path.of("target", "cache-faults.md"),
                "| " + String.join(" | ", fault, others, inside, recovery) + " |\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static List<ProcessHandle> workers() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("node"))
                .toList();
    }

    @Test
    void withoutWorkersKeptPagesAreServed() throws Exception {
        String stale = page("{'headers':{'cache-control':'s-maxage=1, stale-if-error=3600'}}");
        String other = page("{'headers':{'cache-control':'s-maxage=60'}}").replaceAll("1$", "2");
        assertThat(get(stale)).contains("\r\n\r\n1 ");
        String others;
        AtomicInteger lost = new AtomicInteger();
        AtomicInteger expired = new AtomicInteger();
        try (Load load = new Load()) {
            load.more();
            for (int i = 0; i < 3; i++) {
                List<ProcessHandle> alive = workers();
                assertThat(alive).isNotEmpty();
                alive.forEach(ProcessHandle::destroyForcibly);
                lost.addAndGet(alive.size());
                for (ProcessHandle worker : alive) Await.until("the end of a worker", () -> !worker.isAlive());
                // while no worker runs, or one starts: a new page, or the expired one
                String response = get(stale);
                assertThat(response).startsWith("HTTP/1.1 200");
                if (response.contains("fwd=stale")) expired.incrementAndGet();
                load.more();
                Await.until("a new worker", () -> !workers().isEmpty());
            }
            Await.until("a rendering", () -> {
                try {
                    return get(other).startsWith("HTTP/1.1 200");
                } catch (IOException e) {
                    return false;
                }
            });
            others = load.end();
        }
        row(
                "`kill -9` of all workers, three times, with a warm page cache",
                others,
                "an expired page with `stale-if-error`: 200",
                "a new worker renders other pages");
        assertThat(lost.get()).isEqualTo(3);
    }

    @Test
    void aThousandClientsOfAnExpiredPageWaitForOneRendering() throws Exception {
        String path = page("{'headers':{'cache-control':'s-maxage=1'},"
                + "'later':{'waits':'crowd','headers':{'cache-control':'s-maxage=3600'}}}");
        assertThat(get(path)).contains("\r\n\r\n1 ");
        Await.until("the page has expired", () -> isExpired(path));
        List<RawClient> clients = new ArrayList<>();
        long start;
        String others;
        try (Load load = new Load()) {
            for (int i = 0; i < 1000; i++) clients.add(client());
            start = System.nanoTime();
            for (RawClient client : clients) client.get(path);
            cached.awaitOutput("renders crowd 2");
            load.more();
            get("/kept/open?crowd-2");
            for (RawClient client : clients) {
                try (client) {
                    assertThat(client.response()).startsWith("HTTP/1.1 200").contains("\r\n\r\n2 ");
                }
            }
            others = load.end();
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertThat(cached.output).doesNotContain("renders crowd 3");
        row(
                "1000 clients request a page that has expired",
                others,
                "all 200, from one rendering, in " + millis + " ms",
                "-");
    }

    private boolean isExpired(String path) {
        try (RawClient client = client()) {
            String request = "GET " + path + " HTTP/1.1\r\nhost: a.test\r\ncache-control: only-if-cached\r\n\r\n";
            return client.send(request).response().startsWith("HTTP/1.1 504");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aRenderingThatNeverEndsDelaysNoOtherPage() throws Exception {
        String path =
                page("{'headers':{'cache-control':'s-maxage=1, stale-if-error=3600'},'later':{'waits':'endless'}}");
        assertThat(get(path)).contains("\r\n\r\n1 ");
        Await.until("the page has expired", () -> isExpired(path));
        String others;
        long millis;
        try (Load load = new Load()) {
            List<RawClient> clients = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < 50; i++) clients.add(client().get(path));
            try (RawClient first = clients.get(0)) {
                assertThat(first.response()).startsWith("HTTP/1.1 200").contains("\r\n\r\n1 ", "fwd=stale");
            }
            for (RawClient client : clients.subList(1, 50)) {
                try (client) {
                    assertThat(client.response()).startsWith("HTTP/1.1 200").contains("\r\n\r\n1 ", "fwd=stale");
                }
            }
            millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            load.more();
            others = load.end();
        }
        assertThat(cached.output).doesNotContain("renders endless 3");
        // each waits for three seconds; only a gross excess fails
        assertThat(millis).isLessThan(9_000);
        row(
                "the rendering of an expired page with `stale-if-error` never ends, 50 clients request it",
                others,
                "all 200 with the expired page, the last after " + millis + " ms",
                "-");
    }
}
