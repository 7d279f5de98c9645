import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * Measures two replicas that share kept pages in Redis: bench/replicas [rounds]. In each round, a replica gets pages that only the other
 * one has rendered, and a server without page cache renders the same pages. Then the replicas forget 10,000 pages by a tag.
 */
class ReplicasBenchmark {

    private static final int CONNECTIONS = 4;
    private static final int PAGES = 2_000;
    private static final int ENTRIES = 10_000;
    private static final String TOKEN = "benchmark-benchmark";
    private static final String SHARED = "kitbridge; hit; detail=shared";
    private static final String KEPT = "kitbridge; hit; ttl=";

    private record Replica(Way way, int management) {}

    private record First(double p50, double p99, double cpu) {}

    /** Milliseconds until the request for the revalidation was answered, and until the last old page was requested. */
    private record Forgotten(double answered, double last) {}

    private final Process redis;
    private final Replica one;
    private final Replica two;
    private final Way off;
    private int pages;

    private ReplicasBenchmark(Process redis, Replica one, Replica two, Way off) {
        this.redis = redis;
        this.one = one;
        this.two = two;
        this.off = off;
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
        CacheWays.build();
        List<Process> processes = new ArrayList<>();
        try {
            int port = Peers.freePort();
            Process redis = started(processes, CacheWays.start("redis", List.of("redis-server", "--port", "" + port, "--bind", "127.0.0.1",
                    "--save", "", "--appendonly", "no"), Map.of()));
            Replica one = replica(processes, "one", port);
            Replica two = replica(processes, "two", port);
            Way off = CacheWays.kitbridge("off");
            processes.addAll(off.processes());
            off.await(CacheWays.EACH);
            String text = new ReplicasBenchmark(redis, one, two, off).measure(rounds);
            System.out.print(text);
            Files.writeString(CacheWays.WORK.resolve("replicas.md"), text);
        } finally {
            for (Process process : processes) Peers.end(process);
        }
    }

    private static Process started(List<Process> processes, Process process) {
        processes.add(process);
        return process;
    }

    private static Replica replica(List<Process> processes, String name, int redis) throws Exception {
        int port = Peers.freePort();
        int management = Peers.freePort();
        Map<String, String> environment = new HashMap<>(Map.of("PORT", "" + port, "HOST", "127.0.0.1", "PAGE_CACHE", "on"));
        environment.putAll(Map.of("PAGE_CACHE_SIZE", "400M", "PAGE_CACHE_URL", "redis://127.0.0.1:" + redis));
        environment.putAll(Map.of("MANAGEMENT_PORT", "" + management, "PAGE_CACHE_TOKEN", TOKEN));
        // a JVM that still compiles may be slower than the default, and the page would be rendered
        environment.put("PAGE_CACHE_TIMEOUT", "1000");
        Process process = started(
                processes, CacheWays.start("replica-" + name, List.of("java", "-Xmx1g", "-jar", Peers.jar("app").toString()), environment));
        Way way = new Way("replica " + name, port, port, List.of(process));
        way.await(CacheWays.EACH);
        return new Replica(way, management);
    }

    private String measure(int rounds) throws Exception {
        List<First> found = new ArrayList<>();
        List<First> rendered = new ArrayList<>();
        List<Forgotten> forgotten = new ArrayList<>();
        for (int round = -2; round < rounds; round++) {
            List<String> paths = paths(PAGES);
            expect(PageClient.getAll(one.way().port(), paths, CONNECTIONS), state -> state.contains("; stored"), "rendered");
            long before = two.way().cpuMillis() + ServerBenchmark.cpuMillis(redis);
            List<PageClient.Page> first = PageClient.getAll(two.way().port(), paths, CONNECTIONS);
            long after = two.way().cpuMillis() + ServerBenchmark.cpuMillis(redis);
            expect(first, state -> state.startsWith(SHARED), "found in Redis");
            long start = off.cpuMillis();
            List<PageClient.Page> pages = PageClient.getAll(off.port(), paths, CONNECTIONS);
            long end = off.cpuMillis();
            Forgotten last = forget();
            if (round < 0) continue;
            found.add(figures(first, after - before));
            rendered.add(figures(pages, end - start));
            forgotten.add(last);
        }
        double[] ratios = new double[rounds];
        for (int i = 0; i < rounds; i++) ratios[i] = rendered.get(i).cpu() / found.get(i).cpu();
        return String.format(
                Locale.ROOT,
                """
                Medians of %d rounds with %d pages each on %d connections; processor time of the replica and Redis.

                | first request of a page | p50, ms | p99, ms | CPU, ms |
                |---|---|---|---|
                | on a cold replica, from Redis | %s |
                | rendered, without page cache | %s |

                A page from Redis costs %.1f times less processor time than a rendered one.

                Revalidation by tag of %d entries on two replicas: answered after %.0f ms; the last old page was requested after %.0f ms; worst round %.0f ms.
                """,
                rounds, PAGES, CONNECTIONS, row(found), row(rendered), median(ratios), ENTRIES,
                median(forgotten.stream().mapToDouble(Forgotten::answered).toArray()),
                median(forgotten.stream().mapToDouble(Forgotten::last).toArray()),
                forgotten.stream().mapToDouble(each -> Math.max(each.answered(), each.last())).max().orElseThrow());
    }

    private static String row(List<First> figures) {
        return String.format(
                Locale.ROOT,
                "%.2f | %.2f | %.4f",
                median(figures.stream().mapToDouble(First::p50).toArray()),
                median(figures.stream().mapToDouble(First::p99).toArray()),
                median(figures.stream().mapToDouble(First::cpu).toArray()));
    }

    /** Returns pages that nobody has requested. */
    private List<String> paths(int count) {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < count; i++) paths.add(CacheWays.EACH + "&n=" + pages++);
        return paths;
    }

    /** Fails if more than one page in a hundred has another state: Redis may be late once. */
    private static void expect(List<PageClient.Page> pages, Predicate<String> state, String what) {
        List<PageClient.Page> others = pages.stream().filter(page -> !state.test(page.state())).toList();
        if (others.size() * 100 > pages.size()) {
            throw new IllegalStateException(others.size() + " of " + pages.size() + " pages were not " + what + ": " + others.get(0));
        }
    }

    private static First figures(List<PageClient.Page> pages, long cpuMillis) {
        double[] millis = pages.stream().mapToDouble(page -> page.nanos() / 1e6).sorted().toArray();
        return new First(millis[millis.length / 2], millis[millis.length * 99 / 100], (double) cpuMillis / millis.length);
    }

    /** Keeps pages in the memory of both replicas, and measures how long they forget them. */
    private Forgotten forget() throws Exception {
        revalidate("{\"all\":true}");
        List<String> paths = paths(ENTRIES);
        expect(PageClient.getAll(one.way().port(), paths, CONNECTIONS), state -> state.contains("; stored"), "rendered");
        expect(PageClient.getAll(two.way().port(), paths, CONNECTIONS), state -> state.startsWith(SHARED), "found in Redis");
        // each page is requested once, so that one from memory is an old one
        AtomicBoolean end = new AtomicBoolean();
        CompletableFuture<Long> first = lastKept(one, paths.subList(0, ENTRIES / 2), end);
        CompletableFuture<Long> second = lastKept(two, paths.subList(ENTRIES / 2, ENTRIES), end);
        Thread.sleep(200);
        long begin = System.nanoTime();
        revalidate("{\"tags\":[\"each\"]}");
        long answered = System.nanoTime();
        Thread.sleep(300);
        end.set(true);
        long last = Math.max(first.get(), second.get());
        return new Forgotten((answered - begin) / 1e6, Math.max(0, (last - begin) / 1e6));
    }

    /** Returns when the last page was requested that came from memory. A thread requests pages until it is told to end. */
    private static CompletableFuture<Long> lastKept(Replica replica, List<String> paths, AtomicBoolean end) {
        CompletableFuture<Long> last = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            long found = 0;
            int kept = 0;
            int others = 0;
            try (PageClient client = new PageClient(replica.way().port())) {
                for (String path : paths) {
                    if (end.get()) break;
                    long begin = System.nanoTime();
                    boolean isKept = client.get(path).state().startsWith(KEPT);
                    if (isKept) found = begin;
                    if (isKept) kept++;
                    else others++;
                    Thread.sleep(0, 200_000);
                }
                if (kept == 0 || others == 0) throw new IOException(kept + " pages from memory, then " + others + " others");
                last.complete(found);
            } catch (IOException | InterruptedException e) {
                last.completeExceptionally(e);
            }
        });
        thread.start();
        return last;
    }

    private void revalidate(String what) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + one.management() + "/page-cache/revalidate"))
                .header("authorization", "Bearer " + TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(what))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) throw new IllegalStateException(response.statusCode() + ": " + response.body());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
