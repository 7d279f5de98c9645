import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Measures the cost of a Java service call that returns five rows, in a rendered page. One worker renders the same page
 * alternately with and without the call; latency is measured with one connection, CPU time of all processes with 16. The results
 * are medians over the rounds, after one round of warm-up.
 */
class ServiceCall {

    private record Cost(double p50, double rate, double cpu) {}

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        ServicesApp.build();
        Map<String, List<Cost>> costs = new LinkedHashMap<>();
        try (ServicesApp app = ServicesApp.start(Map.of("WORKERS", "1", "ORIGIN", "http://localhost"))) {
            for (int round = -1; round < rounds; round++) {
                for (String page : List.of("/plain", "/called")) {
                    Cost cost = measure(app, page, round < 0 ? 2 * seconds : seconds);
                    if (round >= 0) costs.computeIfAbsent(page, key -> new ArrayList<>()).add(cost);
                }
            }
        }
        System.out.println("\n| one worker | latency, ms | pages/s | CPU a page, ms |\n|---|---|---|---|");
        row("rendered page", costs.get("/plain"));
        row("the same with a call of a service", costs.get("/called"));
        System.out.printf(
                Locale.ROOT,
                "| the call | %+.3f | | %+.3f |%n",
                difference(costs, Cost::p50),
                difference(costs, Cost::cpu));
    }

    private static Cost measure(ServicesApp app, String page, int seconds) throws Exception {
        Wrk alone = Wrk.run(app.port, page, 1, seconds);
        long before = ServerBenchmark.cpuMillis(app.process);
        Wrk many = Wrk.run(app.port, page, 16, seconds);
        long after = ServerBenchmark.cpuMillis(app.process);
        if (alone.failures() + many.failures() > 0) throw new IllegalStateException("requests for " + page + " failed");
        return new Cost(alone.p50(), many.rate(), (after - before) / many.requests());
    }

    private static void row(String name, List<Cost> costs) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %.3f | %.0f | %.3f |%n",
                name,
                median(costs, Cost::p50),
                median(costs, Cost::rate),
                median(costs, Cost::cpu));
    }

    /** Returns the median of the differences of all rounds. */
    private static double difference(Map<String, List<Cost>> costs, ToDoubleFunction<Cost> value) {
        List<Cost> plain = costs.get("/plain");
        List<Cost> called = costs.get("/called");
        double[] differences = new double[plain.size()];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = value.applyAsDouble(called.get(i)) - value.applyAsDouble(plain.get(i));
        }
        return median(differences);
    }

    private static double median(List<Cost> costs, ToDoubleFunction<Cost> value) {
        return median(costs.stream().mapToDouble(value).toArray());
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
