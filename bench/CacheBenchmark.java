import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Measures the page cache: bench/cache [rounds] [seconds]. All servers run during the whole benchmark. Each round measures every case on
 * every server; the order alternates, so that other load on the machine affects all servers alike. Ratios are medians of the rounds'
 * ratios.
 */
class CacheBenchmark {

    private static final int CONNECTIONS = 32;

    private record Case(String name, Way way, String path, String script) {}

    private record Figure(double rate, double p50, double p99, double cpu) {}

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        CacheWays.build();
        List<Way> ways = new ArrayList<>();
        StringBuilder out = new StringBuilder();
        try {
            measure(ways, rounds, seconds, out);
        } finally {
            for (Way way : ways) CacheWays.end(way);
        }
        System.out.print(out);
        Files.writeString(CacheWays.WORK.resolve("cache.md"), out);
    }

    private static void measure(List<Way> ways, int rounds, int seconds, StringBuilder out) throws Exception {
        Way on = add(ways, CacheWays.kitbridge("on"));
        Way off = add(ways, CacheWays.kitbridge("off"));
        Way node = add(ways, CacheWays.adapterNode());
        Way nginx = add(ways, CacheWays.nginx(node));
        Way varnish = CacheWays.varnish(node);
        if (varnish != null) add(ways, varnish);
        for (Way way : ways) way.await(CacheWays.PAGE);

        Map<Way, String> same = new LinkedHashMap<>();
        for (Way way : ways) same.put(way, CacheWays.PAGE);
        CacheWays.check(same);
        CacheWays.check(Map.of(off, CacheWays.FILE, on, CacheWays.EXPIRING));
        CacheWays.check(Map.of(off, CacheWays.EACH, on, CacheWays.EACH));

        Case kept = new Case("kept page", on, CacheWays.PAGE, "");
        Case rendered = new Case("rendered page", off, CacheWays.PAGE, "");
        Case misses = new Case("each page for the first time", on, CacheWays.EACH, CacheWays.MISSES);
        Case uncached = new Case("the same without the cache", off, CacheWays.EACH, CacheWays.UNCACHED);
        Case expiring = new Case("kept page that expires each second", on, CacheWays.EXPIRING, "");
        List<Case> cases = new ArrayList<>(List.of(
                kept,
                new Case("the same page as a file", off, CacheWays.FILE, ""),
                new Case("kept page", nginx, CacheWays.PAGE, "")));
        if (varnish != null) cases.add(new Case("kept page", varnish, CacheWays.PAGE, ""));
        cases.addAll(List.of(rendered, new Case("rendered page", node, CacheWays.PAGE, ""), misses, uncached, expiring));

        Map<Case, List<Figure>> figures = new LinkedHashMap<>();
        for (Case each : cases) figures.put(each, new ArrayList<>());
        for (int round = -1; round < rounds; round++) {
            for (int turn = 0; turn < cases.size(); turn++) {
                Case each = cases.get(Math.floorMod(round + turn, cases.size()));
                Figure figure = measure(each, round < 0 ? warmUp(each) : seconds);
                if (round >= 0) figures.get(each).add(figure);
            }
        }

        out.append("Medians of ").append(rounds).append(" interleaved rounds of ").append(seconds).append(" s, ").append(CONNECTIONS)
                .append(" connections; processor time of all processes of the server, without adapter-node behind a cache.\n\n")
                .append("| case | server | requests/s | p50, ms | p99, ms | CPU, ms | the kept page: requests/s |\n|---|---|---|---|---|---|---|\n");
        figures.forEach((each, own) -> out.append(String.format(
                Locale.ROOT,
                "| %s | %s | %.0f | %.2f | %.2f | %.4f | %s |%n",
                each.name(),
                each.way().name(),
                median(own, Figure::rate),
                median(own, Figure::p50),
                median(own, Figure::p99),
                median(own, Figure::cpu),
                each == kept ? "" : String.format(Locale.ROOT, "%.2fx", ratio(figures.get(kept), own, Figure::rate)))));
        out.append(String.format(
                Locale.ROOT,
                "%nA miss costs %.3fx the processor time of a page without the cache. A page that expires each second has %.2fx the p99 of one that does not.%n",
                ratio(figures.get(misses), figures.get(uncached), Figure::cpu),
                ratio(figures.get(expiring), figures.get(kept), Figure::p99)));
    }

    /** Returns seconds. The JVM compiles the code of a miss for that long, since there are fewer misses than hits. */
    private static int warmUp(Case each) {
        return each.script().isEmpty() ? 10 : 40;
    }

    private static Way add(List<Way> ways, Way way) {
        ways.add(way);
        return way;
    }

    private static Figure measure(Case each, int seconds) throws Exception {
        Way way = each.way();
        Path script = each.script().isEmpty() ? null : CacheWays.WORK.resolve(each.script());
        long before = way.cpuMillis();
        Wrk wrk = Wrk.run(way.port(), each.path(), CONNECTIONS, seconds, script);
        long after = way.cpuMillis();
        if (wrk.failures() > 0) throw new IllegalStateException(wrk.failures() + " failures of " + way.name() + " on " + each.path());
        return new Figure(wrk.rate(), wrk.p50(), wrk.p99(), (after - before) / wrk.requests());
    }

    private static double ratio(List<Figure> one, List<Figure> other, ToDoubleFunction<Figure> value) {
        double[] ratios = new double[one.size()];
        for (int i = 0; i < ratios.length; i++) ratios[i] = value.applyAsDouble(one.get(i)) / value.applyAsDouble(other.get(i));
        return median(ratios);
    }

    private static double median(List<Figure> figures, ToDoubleFunction<Figure> value) {
        return median(figures.stream().mapToDouble(value).toArray());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
