import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Prints a benchmark's results as tables. */
final class Report {

    private Report() {}

    static void throughput(StringBuilder out, List<Peer> peers, Map<String, List<Sample>> samples, int rounds) {
        out.append("Medians of ").append(rounds).append(" interleaved rounds, 32 connections: requests/s, p50 and p99 in ms,")
                .append(" processor time per request of all processes in ms.\n\n| case | server | requests/s | p50 | p99 | CPU | against adapter-node | against adapter-bun | against nginx | against Jetty alone |\n|---|---|---|---|---|---|---|---|---|---|\n");
        for (Case request : ServerBenchmark.CASES) {
            for (Peer peer : peers) {
                List<Sample> own = samples.get(request.name() + "|" + peer.name());
                if (own == null) continue;
                out.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %.0f | %.2f | %.2f | %.3f | %s | %s | %s | %s |%n",
                        request.name(),
                        peer.name(),
                        median(own, Sample::rate),
                        median(own, Sample::p50),
                        median(own, Sample::p99),
                        median(own, Sample::cpu),
                        ratio(samples, request, own, "adapter-node"),
                        ratio(samples, request, own, "adapter-bun"),
                        ratio(samples, request, own, "nginx"),
                        ratio(samples, request, own, "Jetty alone")));
                long failures = own.stream().mapToLong(Sample::failures).sum();
                if (failures > 0) out.append("| | | ").append(failures).append(" failures | | | | | | | |\n");
            }
        }
    }

    /** Returns the median of the ratios of all rounds. */
    private static String ratio(Map<String, List<Sample>> samples, Case request, List<Sample> own, String other) {
        List<Sample> theirs = samples.get(request.name() + "|" + other);
        if (theirs == null || theirs == own) return "";
        double[] ratios = new double[own.size()];
        for (int i = 0; i < ratios.length; i++) ratios[i] = own.get(i).rate() / theirs.get(i).rate();
        return String.format(Locale.ROOT, "%.2fx", median(ratios));
    }

    static void memory(StringBuilder out, Map<String, Long> memory) {
        out.append("\n| server | memory after load, all processes |\n|---|---|\n");
        memory.forEach((name, mib) -> out.append("| ").append(name).append(" | ").append(mib).append(" MiB |\n"));
    }

    static void starts(StringBuilder out, int rounds) throws Exception {
        String jar = Peers.jar("app").toString();
        Path archive = Peers.WORK.resolve("app.jsa");
        Peers.run(Peers.WORK, List.of("java", "-jar", jar, "--make-archive=" + archive));
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("adapter-node", List.of(Peers.node().toString(), Peers.WORK.resolve("node/build/index.js").toString()));
        commands.put("Kitbridge", List.of("java", "-jar", jar));
        commands.put("Kitbridge with a class data archive", List.of("java", "-XX:SharedArchiveFile=" + archive, "-jar", jar));
        out.append("\n| start, second one, ms to the first | asset | ratio | rendered page | ratio |\n|---|---|---|---|---|\n");
        Map<String, double[][]> times = new TreeMap<>();
        for (int round = -1; round < rounds; round++) {
            for (Map.Entry<String, List<String>> command : commands.entrySet()) {
                double asset = ServerBenchmark.start(command.getValue(), Map.of(), "/favicon.svg");
                double page = ServerBenchmark.start(command.getValue(), Map.of(), "/search?q=saw");
                if (round < 0) continue;
                double[][] all = times.computeIfAbsent(command.getKey(), key -> new double[2][rounds]);
                all[0][round] = asset;
                all[1][round] = page;
            }
        }
        double[][] node = times.get("adapter-node");
        for (String name : commands.keySet()) {
            double[][] own = times.get(name);
            out.append(String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.2fx | %.0f | %.2fx |%n",
                    name,
                    median(own[0]),
                    median(quotients(own[0], node[0])),
                    median(own[1]),
                    median(quotients(own[1], node[1]))));
        }
    }

    private static double[] quotients(double[] a, double[] b) {
        double[] result = new double[a.length];
        for (int i = 0; i < a.length; i++) result[i] = a[i] / b[i];
        return result;
    }

    static double median(List<Sample> samples, java.util.function.ToDoubleFunction<Sample> value) {
        return median(samples.stream().mapToDouble(value).toArray());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
