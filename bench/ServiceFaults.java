import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * Measures the effect of faulty services on other requests: bench/faults [rounds] [seconds] [fault]. wrk continuously requests
 * pages that call a fast service, and a file. Other clients request a faulty service, by default twenty times a second. Each
 * round measures with and without the fault; the results are medians over the rounds. Fails if a request without a fault fails,
 * or if a thread, stream or process of a fault is left over. Takes four minutes.
 */
class ServiceFaults {

    /**
     * @param path the path below /faulty
     * @param perSecond requests per second during the measurement
     * @param atOnce requests before the measurement
     */
    record Fault(String name, String path, int perSecond, int atOnce) {}

    private static final List<Fault> FAULTS = List.of(
            new Fault("hangs until its timeout of 1 s", "hang", 20, 0),
            new Fault("throws", "fail", 20, 0),
            new Fault("recurses without end (`StackOverflowError`)", "recurse", 20, 0),
            new Fault("asks for 2 GiB at once (`OutOfMemoryError`), twice a second", "allocate", 2, 0),
            new Fault("returns a list of a million rows, twice a second", "million", 2, 0),
            new Fault("returns a stream of a million rows", "stream", 0, 1),
            new Fault("20 slow readers of a stream of a million rows", "slowly", 0, 20),
            new Fault("blocks and ignores interruption, 200 calls at once", "block", 20, 200),
            new Fault("its worker is killed during the call", "worker", 0, 1),
            new Fault("loops for 1 s, once a second", "loop", 1, 0));

    /** The results of a round, without a fault and with it. */
    private record Round(Load without, Load with, Figures meanwhile, double backMillis) {}

    private record Load(Wrk pages, Wrk files) {
        long failures() {
            return pages.failures() + files.failures();
        }
    }

    private static final Map<String, String> SETTINGS = Map.of("WORKERS", "2", "ORIGIN", "http://localhost");

    private final ServicesApp app;
    private final int seconds;
    private final Map<String, Integer> answers = new TreeMap<>();

    private ServiceFaults(ServicesApp app, int seconds) {
        this.app = app;
        this.seconds = seconds;
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
        ServicesApp.build();
        StringBuilder out = new StringBuilder(
                "| the service | pages/s without, with | p50, ms | p99, ms | files/s without, with | p99, ms | failed | heap | threads | its clients got | cleaned up after |\n"
                        + "|---|---|---|---|---|---|---|---|---|---|---|\n");
        boolean failed = false;
        try (ServicesApp app = ServicesApp.start(SETTINGS)) {
            new ServiceFaults(app, 4 * seconds).load();
            long children = app.process.children().count();
            for (Fault fault : FAULTS) {
                if (arguments.length > 2 && !arguments[2].equals(fault.path())) continue;
                ServiceFaults bench = new ServiceFaults(app, seconds);
                List<Round> all = new ArrayList<>();
                for (int round = 0; round < rounds; round++) all.add(bench.round(fault, children));
                // after the last round, requests must still succeed
                failed |= new ServiceFaults(app, 1).load().failures() > 0;
                String row = bench.row(fault, all);
                System.out.print(row);
                out.append(row);
                failed |= all.stream().anyMatch(round -> round.without().failures() + round.with().failures() > 0);
            }
            awaitFewThreads(app);
        }
        out.append("\nThese faults are not isolated:\n\n| the service | result |\n|---|---|\n");
        out.append(alone("calls `System.exit(7)`", "exit"));
        for (int time = 0; time < 2; time++) {
            out.append(alone("fills the heap of 256 MiB, keeps it for half a second, then releases it", "fill"));
        }
        Files.writeString(ServicesApp.WORK.resolve("faults.md"), out);
        System.out.println("\n" + out);
        if (failed) throw new IllegalStateException("requests without a fault failed");
    }

    private Round round(Fault fault, long children) throws Exception {
        Load without = load();
        app.reset();
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        boolean[] over = {false};
        for (int i = 0; i < fault.atOnce(); i++) sent.add(send(fault));
        Thread steady = new Thread(() -> {
            try {
                while (!over[0] && fault.perSecond() > 0) {
                    synchronized (sent) {
                        sent.add(send(fault));
                    }
                    Thread.sleep(1000 / fault.perSecond());
                }
            } catch (InterruptedException e) {
                // interrupted at the end of the measurement
            }
        });
        steady.start();
        Thread.sleep(300);
        Load with = load();
        over[0] = true;
        steady.interrupt();
        steady.join();
        Figures meanwhile = app.figures();
        long end = System.nanoTime();
        synchronized (sent) {
            app.send("/faulty/release").join();
            sent.forEach(CompletableFuture::join);
        }
        awaitNothing(fault, children);
        double back = (System.nanoTime() - end) / 1e6;
        return new Round(without, with, meanwhile, back);
    }

    /** Waits for idle threads of calls, which end after 30 seconds. */
    private static void awaitFewThreads(ServicesApp app) throws Exception {
        for (long end = System.nanoTime() + 60_000_000_000L; System.nanoTime() < end; Thread.sleep(500)) {
            if (app.figures().calling() <= 2) return;
        }
        throw new IllegalStateException("threads are still running: " + app.figures());
    }

    private CompletableFuture<Void> send(Fault fault) {
        return app.send("/faulty/" + fault.path()).handle((answer, error) -> {
            String what = error != null
                    ? "no answer"
                    : answer.statusCode() == 200 || answer.statusCode() == 502
                            ? String.valueOf(answer.statusCode())
                            : answer.body();
            synchronized (answers) {
                answers.merge(what, 1, Integer::sum);
            }
            return null;
        });
    }

    /** Checks that no thread runs a fault, no stream is open, and every process is alive. */
    private void awaitNothing(Fault fault, long children) throws Exception {
        String last = "";
        for (long end = System.nanoTime() + 20_000_000_000L; System.nanoTime() < end; Thread.sleep(50)) {
            Figures now = app.figures();
            long processes = app.process.children().count();
            if (now.working() == 0 && now.streams() == 0 && processes == children && app.get("/called").statusCode() == 200) return;
            last = now + ", " + processes + " of " + children + " processes";
        }
        throw new IllegalStateException(fault.name() + ": a thread, stream or process is left over: " + last);
    }

    private Load load() throws Exception {
        CompletableFuture<Wrk> files = CompletableFuture.supplyAsync(() -> Wrk.run(app.port, "/file.txt", 4, seconds));
        Wrk pages = Wrk.run(app.port, "/called", 8, seconds);
        return new Load(pages, files.join());
    }

    private String row(Fault fault, List<Round> all) {
        Map<String, Integer> got = new LinkedHashMap<>(answers);
        StringBuilder clients = new StringBuilder();
        got.forEach((what, count) -> clients.append(clients.isEmpty() ? "" : ", ").append(count).append(" × ").append(what));
        return String.format(
                Locale.ROOT,
                "| %s | %.0f, %.0f (%.2f×) | %.1f, %.1f | %.1f, %.1f | %.0f, %.0f (%.2f×) | %.1f, %.1f | %d | %.0f MiB | %.0f | %s | %.0f ms |%n",
                fault.name(),
                median(all, round -> round.without().pages().rate()),
                median(all, round -> round.with().pages().rate()),
                median(all, round -> round.with().pages().rate() / round.without().pages().rate()),
                median(all, round -> round.without().pages().p50()),
                median(all, round -> round.with().pages().p50()),
                median(all, round -> round.without().pages().p99()),
                median(all, round -> round.with().pages().p99()),
                median(all, round -> round.without().files().rate()),
                median(all, round -> round.with().files().rate()),
                median(all, round -> round.with().files().rate() / round.without().files().rate()),
                median(all, round -> round.without().files().p99()),
                median(all, round -> round.with().files().p99()),
                all.stream().mapToLong(round -> round.with().failures()).sum(),
                median(all, round -> round.meanwhile().heapPeak()),
                median(all, round -> round.meanwhile().threadsPeak()),
                clients,
                median(all, Round::backMillis));
    }

    private static double median(List<Round> all, ToDoubleFunction<Round> value) {
        double[] sorted = all.stream().mapToDouble(value).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** Runs a fault that is not isolated in a JVM of its own, and reports whether the JVM exits or continues. */
    private static String alone(String what, String path) throws Exception {
        try (ServicesApp app = ServicesApp.start(SETTINGS)) {
            CompletableFuture<Load> load =
                    CompletableFuture.supplyAsync(() -> new Load(Wrk.run(app.port, "/called", 8, 3), Wrk.run(app.port, "/file.txt", 4, 1)));
            Thread.sleep(500);
            long begun = System.nanoTime();
            CompletableFuture<Void> sent = app.send("/faulty/" + path).handle((answer, error) -> null);
            if (app.process.waitFor(5, TimeUnit.SECONDS)) {
                double after = (System.nanoTime() - begun) / 1e9;
                return String.format(Locale.ROOT, "| %s | the process exited with %d after %.1f s |%n", what, app.process.exitValue(), after);
            }
            sent.join();
            Load meanwhile = load.join();
            Wrk later = Wrk.run(app.port, "/called", 8, 2);
            if (later.failures() > 0 || later.requests() < 100) throw new IllegalStateException(what + ": the JVM neither exits nor responds");
            return String.format(Locale.ROOT, "| %s | %d requests failed meanwhile, none afterwards |%n", what, meanwhile.failures());
        }
    }
}
