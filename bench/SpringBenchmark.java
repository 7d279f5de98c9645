import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures pages and files of a Spring Boot application with the starter: bench/spring [rounds] [seconds]. With 0 rounds, it measures the
 * start only.
 * All servers run during the whole benchmark. Each round measures every case on every server; the order alternates, so that other
 * load on the machine affects all servers alike. Ratios are medians of the rounds' ratios.
 */
class SpringBenchmark {

    private static final String PAGE = "/?q=";
    private static final int CONNECTIONS = 32;
    private static final int STARTS = 10;

    /** Seconds for each page and file of each server, before the rounds: until then the JVMs compile. */
    private static final int WARM_UP = 30;

    private record Figure(double rate, double p50, double p99, double cpu) {}

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4;
        StringBuilder out = new StringBuilder();
        if (rounds > 0) serve(out, rounds, seconds, SpringWays.build());
        System.out.print(out);
        int served = out.length();
        starts(out, Math.max(STARTS, rounds));
        System.out.print(out.substring(served));
        Files.writeString(SpringWays.WORK.resolve("spring.md"), out);
    }

    private static void serve(StringBuilder out, int rounds, int seconds, String asset) throws Exception {
        List<Way> ways = new ArrayList<>();
        Map<Way, List<Figure>> pages = new LinkedHashMap<>();
        Map<Way, List<Figure>> assets = new LinkedHashMap<>();
        try {
            Way kitbridge = SpringWays.spring();
            ways.add(kitbridge);
            ways.add(SpringWays.jar());
            Way today = SpringWays.today();
            ways.add(today);
            ways.add(SpringWays.springWithTwoWorkers());
            for (Way way : ways) way.await(PAGE);
            check(ways, kitbridge, today, asset);
            List<Way> filesOf = List.of(kitbridge, today);
            for (int round = -1; round < rounds; round++) {
                for (int turn = 0; turn < ways.size(); turn++) {
                    Way way = ways.get(Math.floorMod(round + turn, ways.size()));
                    int length = round < 0 ? WARM_UP : seconds;
                    add(pages, way, measure(way, way.port(), PAGE, length), round);
                    if (filesOf.contains(way)) add(assets, way, measure(way, way.springPort(), asset, length), round);
                }
            }
            out.append("Medians of ").append(rounds).append(" interleaved rounds of ").append(seconds).append(" s, ").append(CONNECTIONS)
                    .append(" connections; processor time of all processes.\n");
            out.append("\n| rendered page with a service call | requests/s | p50, ms | p99, ms | CPU, ms | Kitbridge: requests/s | p99 | CPU |\n|---|---|---|---|---|---|---|---|\n");
            pages.forEach((way, figures) -> row(out, way.name(), figures, pages.get(kitbridge)));
            out.append("\n| hashed asset, ").append(asset).append(" | requests/s | p50, ms | p99, ms | CPU, ms | Kitbridge: requests/s | p99 | CPU |\n|---|---|---|---|---|---|---|---|\n");
            assets.forEach((way, figures) ->
                    row(out, way == kitbridge ? way.name() : "Spring's resource handler", figures, assets.get(kitbridge)));
            out.append("\n| memory after load, all processes | PSS, MiB | RSS, MiB |\n|---|---|---|\n");
            for (Way way : ways) {
                double[] memory = way.memory();
                out.append(String.format(Locale.ROOT, "| %s | %.0f | %.0f |%n", way.name(), memory[0], memory[1]));
            }
        } finally {
            for (Way way : ways) {
                for (Process process : way.processes()) Peers.end(process);
            }
        }
    }

    /** Checks that the servers send the same: a wrong response could be faster. */
    private static void check(List<Way> ways, Way kitbridge, Way today, String asset) throws Exception {
        List<String> texts = new ArrayList<>();
        for (Way way : ways) {
            String page = body(way.port(), PAGE);
            texts.add(page.substring(page.indexOf("<main"), page.indexOf("</main>")).replaceAll("<!--.*?-->", ""));
        }
        if (!texts.get(0).contains("Wheelbarrow") || texts.stream().distinct().count() != 1) {
            throw new IllegalStateException("the pages differ: " + texts);
        }
        if (!body(kitbridge.port(), asset).equals(body(today.springPort(), asset))) {
            throw new IllegalStateException("the asset differs");
        }
    }

    private static String body(int port, String path) throws Exception {
        return Peers.run(Peers.ROOT, List.of("curl", "-sSf", "http://127.0.0.1:" + port + path));
    }

    private static Figure measure(Way way, int port, String path, int seconds) {
        long before = way.cpuMillis();
        Wrk wrk = Wrk.run(port, path, CONNECTIONS, seconds);
        long after = way.cpuMillis();
        if (wrk.failures() > 0) throw new IllegalStateException(wrk.failures() + " failures of " + way.name() + " on " + path);
        return new Figure(wrk.rate(), wrk.p50(), wrk.p99(), (after - before) / wrk.requests());
    }

    private static void add(Map<Way, List<Figure>> all, Way way, Figure figure, int round) {
        if (round >= 0) all.computeIfAbsent(way, key -> new ArrayList<>()).add(figure);
    }

    private static void row(StringBuilder out, String name, List<Figure> own, List<Figure> kitbridge) {
        String ratios = own == kitbridge
                ? "| | "
                : ratio(kitbridge, own, Figure::rate) + " | " + ratio(kitbridge, own, Figure::p99) + " | " + ratio(kitbridge, own, Figure::cpu);
        out.append(String.format(
                Locale.ROOT,
                "| %s | %.0f | %.2f | %.2f | %.3f | %s |%n",
                name,
                median(own.stream().mapToDouble(Figure::rate)),
                median(own.stream().mapToDouble(Figure::p50)),
                median(own.stream().mapToDouble(Figure::p99)),
                median(own.stream().mapToDouble(Figure::cpu)),
                ratios));
    }

    private static String ratio(List<Figure> kitbridge, List<Figure> other, ToDoubleFunction<Figure> value) {
        double[] ratios = new double[other.size()];
        for (int i = 0; i < ratios.length; i++) ratios[i] = value.applyAsDouble(kitbridge.get(i)) / value.applyAsDouble(other.get(i));
        return String.format(Locale.ROOT, "%.2fx", median(Arrays.stream(ratios)));
    }

    /** Starts examples/spring-boot with and without Kitbridge alternately. */
    private static void starts(StringBuilder out, int rounds) throws Exception {
        Path[] jars = {SpringWays.example(true), SpringWays.example(false)};
        double[][] times = new double[2][rounds];
        for (int round = -1; round < rounds; round++) {
            for (int turn = 0; turn < 2; turn++) {
                int i = Math.floorMod(round + turn, 2);
                double millis = ready(jars[i]);
                if (round >= 0) times[i][round] = millis;
            }
        }
        double[] differences = new double[rounds];
        for (int i = 0; i < rounds; i++) differences[i] = times[0][i] - times[1][i];
        out.append(String.format(
                Locale.ROOT,
                "%n| examples/spring-boot, %d starts each, ms to ApplicationReadyEvent | |%n|---|---|%n| with Kitbridge | %.0f |%n| without | %.0f |%n| difference, median of the rounds | %+.0f |%n",
                rounds,
                median(Arrays.stream(times[0])),
                median(Arrays.stream(times[1])),
                median(Arrays.stream(differences))));
    }

    /** Returns the age of the JVM, in ms, when its application is ready. */
    private static double ready(Path jar) throws Exception {
        Path log = SpringWays.WORK.resolve("start.log");
        ProcessBuilder builder = new ProcessBuilder("java", "-Xmx256m", "-jar", jar.toString()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(Map.of(
                "SERVER_PORT", "0", "SERVER_ADDRESS", "127.0.0.1", "TOOL_LIBRARY_DATA", jar.resolveSibling("data").toString()));
        Process process = builder.start();
        try {
            Pattern line = Pattern.compile("(?m)^ready after (\\d+)$");
            while (process.isAlive()) {
                Matcher matcher = line.matcher(Files.readString(log));
                if (matcher.find()) return Double.parseDouble(matcher.group(1));
                Thread.sleep(20);
            }
            throw new IOException(jar + " did not start; its output is in " + log);
        } finally {
            Peers.end(process);
        }
    }

    private static double median(java.util.stream.DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
