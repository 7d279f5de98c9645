import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares two jars of the storefront, for example of two commits: {@code bench/compare before.jar after.jar [rounds]
 * [seconds]}. Each round starts both again and measures them alternately for each case. Then their start times are measured alternately. The results are medians over the rounds; a ratio is
 * the median of the rounds' ratios, since other load on the machine changes between rounds.
 */
class CompareJars {

    private static final Map<String, String> PATHS = Map.of(
            "small asset", "/favicon.svg", "8 kB prerendered page", "/", "rendered page", "/search?q=saw");

    /** Seconds for each case; a page needs that long until its code is compiled. */
    private static final int WARM_UP = 10;

    public static void main(String[] arguments) throws Exception {
        List<Path> jars = List.of(Path.of(arguments[0]).toAbsolutePath(), Path.of(arguments[1]).toAbsolutePath());
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 9;
        int seconds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 3;
        Files.createDirectories(Peers.WORK);
        Map<String, List<double[]>> results = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) serve(jars, round, seconds, results);
        for (int round = -1; round < 3 * rounds; round++) {
            for (String path : List.of("/favicon.svg", "/search?q=saw")) {
                double[] millis = new double[2];
                for (int turn = 0; turn < 2; turn++) {
                    int i = Math.floorMod(round + turn, 2);
                    millis[i] = ServerBenchmark.start(List.of("java", "-jar", jars.get(i).toString()), data(), path);
                }
                if (round >= 0) add(results, "start, ms to " + path, millis);
            }
        }
        System.out.println("| median | " + arguments[0] + " | " + arguments[1] + " | ratio |\n|---|---|---|---|");
        System.out.printf("| size, kB | %d | %d | %.3f |%n", size(jars.get(0)), size(jars.get(1)), 1.0 * size(jars.get(1)) / size(jars.get(0)));
        results.forEach((name, values) -> {
            double before = median(values, 0);
            double after = median(values, 1);
            double ratio = median(values.stream().map(each -> new double[] {each[1] / each[0]}).toList(), 0);
            System.out.printf(Locale.ROOT, "| %s | %.1f | %.1f | %.3f |%n", name, before, after, ratio);
        });
    }

    /** Starts both, warms them up and measures them alternately. New processes even out differences in JIT compilation. */
    private static void serve(List<Path> jars, int round, int seconds, Map<String, List<double[]>> results) throws Exception {
        List<Process> processes = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        try {
            for (Path jar : jars) {
                int port = Peers.freePort();
                ports.add(port);
                processes.add(server(jar, port));
            }
            for (int port : ports) await(port);
            for (String path : PATHS.values()) {
                for (int port : ports) Wrk.run(port, path, 32, WARM_UP);
            }
            for (Map.Entry<String, String> path : PATHS.entrySet()) {
                double[] rates = new double[2];
                double[] cpu = new double[2];
                for (int turn = 0; turn < 2; turn++) {
                    // the order alternates between rounds
                    int i = (round + turn) % 2;
                    long before = ServerBenchmark.cpuMillis(processes.get(i));
                    Wrk wrk = Wrk.run(ports.get(i), path.getValue(), 32, seconds);
                    if (wrk.failures() > 0) throw new IllegalStateException(wrk.failures() + " failures of " + jars.get(i));
                    rates[i] = wrk.rate();
                    cpu[i] = 1000 * (ServerBenchmark.cpuMillis(processes.get(i)) - before) / wrk.requests();
                }
                add(results, path.getKey() + ", requests/s", rates);
                add(results, path.getKey() + ", us of CPU", cpu);
            }
        } finally {
            for (Process process : processes) Peers.end(process);
        }
    }

    private static long size(Path jar) throws IOException {
        return Files.size(jar) / 1000;
    }

    private static Map<String, String> data() {
        return Map.of("STOREFRONT_DATA", Peers.WORK.resolve("compared").toString());
    }

    private static Process server(Path jar, int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("java", "-jar", jar.toString()).redirectErrorStream(true);
        builder.redirectOutput(Peers.WORK.resolve("compared-" + port + ".log").toFile());
        builder.environment().put("STOREFRONT_DATA", Peers.WORK.resolve("compared-" + port).toString());
        builder.environment().put("PORT", String.valueOf(port));
        return builder.start();
    }

    private static void await(int port) throws Exception {
        long end = System.nanoTime() + 60_000_000_000L;
        while (System.nanoTime() < end) {
            try {
                if (Peers.head(port, "/search?q=saw", "").startsWith("HTTP/1.1 200")) return;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        throw new IllegalStateException("no response on port " + port);
    }

    private static void add(Map<String, List<double[]>> results, String name, double[] values) {
        results.computeIfAbsent(name, key -> new ArrayList<>()).add(values);
    }

    private static double median(List<double[]> values, int index) {
        double[] sorted = values.stream().mapToDouble(each -> each[index]).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
