import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The storefront's jar beside the official adapters and nginx, on one machine in one run: java bench/ServerBenchmark.java
 * [rounds] [seconds]. All servers run all the time; in each round each of them gets each case in turn, so that what else
 * the machine does meets all alike. Medians over the rounds; a first round warms up and does not count.
 */
class ServerBenchmark {

    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final Path WORK = ROOT.resolve("bench/target/server");
    private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "kitbridge");
    private static final String ADAPTER_NODE = "6.0.1";
    private static final String ADAPTER_BUN = "1.0.0-next.1";
    private static final String BUN = "1.4.5";

    /** A request and what must come back; {@code script} is wrk's, empty for a plain GET. */
    record Case(String name, String path, int status, boolean file, String header, String script) {}

    /** A running server. */
    record Peer(String name, Process process, int port, boolean filesOnly) {}

    /** One measurement. */
    record Sample(double rate, double p50, double p99, double cpu, long failures) {}

    private static final List<Case> CASES = List.of(
            new Case("small asset", "/favicon.svg", 200, true, "", ""),
            new Case("8 kB prerendered page", "/", 200, true, "", ""),
            new Case("1 MB asset", "/large.bin", 200, true, "", ""),
            new Case("304", "/favicon.svg", 304, true, "if-none-match", ""),
            new Case("rendered page", "/search?q=saw", 200, false, "", ""),
            new Case("form post", "/cart?/add", 303, false, "", "form.lua"),
            new Case("JSON endpoint", "/api/cart", 200, false, "", ""),
            new Case("streamed page", "/recommendations", 200, false, "", ""));

    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        prepare();
        List<Peer> peers = new ArrayList<>();
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        Map<String, Long> memory = new LinkedHashMap<>();
        try {
            start(peers);
            for (int round = -1; round < rounds; round++) {
                for (Case request : CASES) {
                    for (Peer peer : peers) {
                        if (peer.filesOnly() && !request.file()) continue;
                        Sample sample = measure(peer, request, seconds);
                        if (round < 0) continue;
                        samples.computeIfAbsent(request.name() + "|" + peer.name(), key -> new ArrayList<>())
                                .add(sample);
                    }
                }
            }
            for (Peer peer : peers) memory.put(peer.name(), memory(peer.process()));
        } finally {
            for (Peer peer : peers) end(peer.process());
        }
        StringBuilder out = new StringBuilder();
        throughput(out, peers, samples, rounds);
        memory(out, memory);
        starts(out, rounds);
        System.out.print(out);
        Files.writeString(ROOT.resolve("bench/target/server.md"), out);
        Chart.write(ROOT.resolve("docs/bench.svg"), CASES, peers, samples);
    }

    // --- what is measured

    private static Sample measure(Peer peer, Case request, int seconds) throws Exception {
        String url = "http://127.0.0.1:" + peer.port() + request.path();
        List<String> command = new ArrayList<>(List.of("wrk", "-t1", "-c32", "-d" + seconds + "s", "--latency"));
        if (request.header().equals("if-none-match")) {
            command.addAll(List.of("-H", "If-None-Match: " + etag(peer, request.path())));
        }
        if (!request.script().isEmpty()) {
            command.addAll(List.of("-s", WORK.resolve(request.script()).toString(), "-H", "Origin: https://127.0.0.1:" + peer.port()));
        }
        command.add(url);
        check(peer, request);
        long before = cpuMillis(peer.process());
        String text = run(ROOT, command);
        long after = cpuMillis(peer.process());
        double requests = number(text, "(\\d+) requests in");
        long failures = (long) number(text, "Non-2xx or 3xx responses: (\\d+)")
                + (long) number(text, "Socket errors: .*read (\\d+)");
        return new Sample(
                number(text, "Requests/sec:\\s+([\\d.]+)"),
                millis(text, "50%"),
                millis(text, "99%"),
                (after - before) / requests,
                failures);
    }

    /** A peer that answers something else must not win. */
    private static void check(Peer peer, Case request) throws IOException {
        if (!request.script().isEmpty()) return;
        String head = head(peer.port(), request.path(), request.header().isEmpty() ? "" : "If-None-Match: " + etag(peer, request.path()) + "\r\n");
        if (!head.startsWith("HTTP/1.1 " + request.status())) {
            throw new IllegalStateException(peer.name() + " answered " + request.path() + " with " + head);
        }
    }

    private static String etag(Peer peer, String path) throws IOException {
        Matcher matcher = Pattern.compile("(?im)^etag: (.*)$").matcher(head(peer.port(), path, ""));
        return matcher.find() ? matcher.group(1).strip() : "\"none\"";
    }

    private static String head(int port, String path, String header) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            socket.setSoTimeout(10_000);
            String text = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nConnection: close\r\n" + header + "\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            int end = all.indexOf("\r\n\r\n");
            return end < 0 ? all : all.substring(0, end);
        }
    }

    /** Processor time of a process and its children so far. */
    private static long cpuMillis(Process process) {
        return tree(process).mapToLong(ServerBenchmark::ticks).sum() * 10;
    }

    private static Stream<ProcessHandle> tree(Process process) {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    private static long ticks(ProcessHandle handle) {
        try {
            String stat = Files.readString(Path.of("/proc/" + handle.pid() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        } catch (IOException e) {
            return 0;
        }
    }

    private static long memory(Process process) {
        return tree(process)
                .mapToLong(handle -> {
                    try {
                        return (long) number(Files.readString(Path.of("/proc/" + handle.pid() + "/status")), "VmRSS:\\s+(\\d+)");
                    } catch (IOException e) {
                        return 0;
                    }
                })
                .sum() / 1024;
    }

    /** Milliseconds from the start of a process to the first byte of an answer. */
    private static double start(List<String> command, Map<String, String> environment, String path) throws Exception {
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(WORK.resolve("start.log").toFile());
        builder.environment().putAll(environment);
        builder.environment().put("PORT", String.valueOf(port));
        byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        long begin = System.nanoTime();
        Process process = builder.start();
        try {
            while (process.isAlive() && System.nanoTime() - begin < 30e9) {
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress("127.0.0.1", port));
                    socket.getOutputStream().write(request);
                    byte[] line = socket.getInputStream().readNBytes(12);
                    if (new String(line, StandardCharsets.US_ASCII).endsWith("200")) return (System.nanoTime() - begin) / 1e6;
                } catch (IOException e) {
                    Thread.sleep(1);
                }
            }
            throw new IllegalStateException(command + " did not start: " + Files.readString(WORK.resolve("start.log")));
        } finally {
            end(process);
        }
    }

    // --- the peers

    private static void prepare() throws Exception {
        copyApp("jvm");
        Path jvm = WORK.resolve("jvm");
        String pom = Files.readString(ROOT.resolve("examples/storefront/pom.xml"));
        pom = pom.replaceAll("(?s)<adapters>.*</adapters>", "<adapters><jvm/><jvm id=\"bun\"><runtime>bun</runtime></jvm></adapters>");
        Files.writeString(jvm.resolve("pom.xml"), pom);
        run(jvm, List.of("mvn", "-B", "-q", "package"));

        copyApp("node");
        Path node = WORK.resolve("node");
        run(node, List.of("npm", "ci", "--no-audit", "--no-fund", "--engine-strict=false"));
        run(node, List.of(node().toString(), "node_modules/vite/bin/vite.js", "build"));

        copyApp("bun");
        Path bun = WORK.resolve("bun");
        run(bun, List.of("npm", "ci", "--no-audit", "--no-fund", "--engine-strict=false"));
        run(bun, List.of("npm", "install", "--no-save", "--no-audit", "--no-fund", "--force", "@sveltejs/adapter-bun@" + ADAPTER_BUN, "@oven/bun-linux-x64-baseline@" + BUN));
        Files.copy(ROOT.resolve("bench/peers/vite.config.bun.ts"), bun.resolve("vite.config.ts"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        run(bun, List.of(bun().toString(), "--bun", "node_modules/vite/bin/vite.js", "build"));

        Files.writeString(
                WORK.resolve("form.lua"),
                """
                wrk.method = "POST"
                wrk.body = "slug=bradawl&quantity=1"
                wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
                wrk.headers["Accept"] = "text/html"
                """);
    }

    private static void start(List<Peer> peers) throws Exception {
        String jar = jar("app").toString();
        peers.add(peer("Kitbridge", List.of("java", "-Xmx128m", "-jar", jar), Map.of(), false));
        peers.add(peer("Kitbridge, one worker", List.of("java", "-Xmx128m", "-jar", jar), Map.of("WORKERS", "1"), false));
        peers.add(peer("Kitbridge, Bun workers", List.of("java", "-Xmx128m", "-jar", jar("bun").toString()), Map.of(), false));
        peers.add(peer("adapter-node", List.of(node().toString(), WORK.resolve("node/build/index.js").toString()), Map.of(), false));
        peers.add(peer("adapter-bun", List.of(bun().toString(), WORK.resolve("bun/build/index.js").toString()), Map.of(), false));
        peers.add(nginx());
        for (Peer peer : peers) await(peer, peer.filesOnly() ? "/favicon.svg" : "/search?q=saw");
    }

    private static Path jar(String classifier) {
        return WORK.resolve("jvm/target/storefront-0.1.0-SNAPSHOT-" + classifier + ".jar");
    }

    private static Peer peer(String name, List<String> command, Map<String, String> environment, boolean filesOnly) throws Exception {
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(WORK.resolve(name.replaceAll("\\W+", "-") + ".log").toFile());
        builder.environment().putAll(environment);
        builder.environment().put("PORT", String.valueOf(port));
        return new Peer(name, builder.start(), port, filesOnly);
    }

    /** As one would set it up for files: workers for all cores, open files kept, no log. */
    private static Peer nginx() throws Exception {
        int port = freePort();
        Path site = WORK.resolve("jvm/target/adapters/jvm");
        Path config = WORK.resolve("nginx.conf");
        Files.writeString(
                config,
                """
                daemon off;
                user root;
                worker_processes auto;
                pid %1$s/nginx.pid;
                error_log %1$s/nginx.log;
                events { worker_connections 2048; }
                http {
                  access_log off;
                  sendfile on;
                  tcp_nopush on;
                  etag on;
                  keepalive_requests 1000000;
                  open_file_cache max=1000;
                  types { text/html html; image/svg+xml svg; }
                  server {
                    listen 127.0.0.1:%2$d;
                    location = / { root %3$s/prerendered; try_files /index.html =404; }
                    location / { root %3$s/client; }
                  }
                }
                """
                        .formatted(WORK, port, site));
        return new Peer("nginx", new ProcessBuilder("nginx", "-c", config.toString()).inheritIO().start(), port, true);
    }

    private static void await(Peer peer, String path) throws Exception {
        for (long end = System.nanoTime() + 30_000_000_000L; System.nanoTime() < end; Thread.sleep(20)) {
            try {
                if (head(peer.port(), path, "").startsWith("HTTP/1.1 200")) return;
            } catch (IOException e) {
                if (!peer.process().isAlive()) break;
            }
        }
        throw new IllegalStateException(peer.name() + " did not start; its output is in " + WORK);
    }

    private static void end(Process process) throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(15, java.util.concurrent.TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    // --- the report

    private static void throughput(StringBuilder out, List<Peer> peers, Map<String, List<Sample>> samples, int rounds) {
        out.append("Medians of ").append(rounds).append(" interleaved rounds, 32 connections: requests/s, p50 and p99 in ms,")
                .append(" processor time per request of all processes in ms.\n\n| case | server | requests/s | p50 | p99 | CPU | against adapter-node | against adapter-bun | against nginx |\n|---|---|---|---|---|---|---|---|---|\n");
        for (Case request : CASES) {
            for (Peer peer : peers) {
                List<Sample> own = samples.get(request.name() + "|" + peer.name());
                if (own == null) continue;
                out.append(String.format(
                        Locale.ROOT,
                        "| %s | %s | %.0f | %.2f | %.2f | %.3f | %s | %s | %s |%n",
                        request.name(),
                        peer.name(),
                        median(own, Sample::rate),
                        median(own, Sample::p50),
                        median(own, Sample::p99),
                        median(own, Sample::cpu),
                        ratio(samples, request, own, "adapter-node"),
                        ratio(samples, request, own, "adapter-bun"),
                        ratio(samples, request, own, "nginx")));
                long failures = own.stream().mapToLong(Sample::failures).sum();
                if (failures > 0) out.append("| | | ").append(failures).append(" failures | | | | | | |\n");
            }
        }
    }

    /** The median of the rounds' ratios. */
    private static String ratio(Map<String, List<Sample>> samples, Case request, List<Sample> own, String other) {
        List<Sample> theirs = samples.get(request.name() + "|" + other);
        if (theirs == null || theirs == own) return "";
        double[] ratios = new double[own.size()];
        for (int i = 0; i < ratios.length; i++) ratios[i] = own.get(i).rate() / theirs.get(i).rate();
        return String.format(Locale.ROOT, "%.2fx", median(ratios));
    }

    private static void memory(StringBuilder out, Map<String, Long> memory) {
        out.append("\n| server | memory after load, all processes |\n|---|---|\n");
        memory.forEach((name, mib) -> out.append("| ").append(name).append(" | ").append(mib).append(" MiB |\n"));
    }

    private static void starts(StringBuilder out, int rounds) throws Exception {
        String jar = jar("app").toString();
        Path archive = WORK.resolve("app.jsa");
        run(WORK, List.of("java", "-jar", jar, "--make-archive=" + archive));
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("adapter-node", List.of(node().toString(), WORK.resolve("node/build/index.js").toString()));
        commands.put("Kitbridge", List.of("java", "-jar", jar));
        commands.put("Kitbridge with a class data archive", List.of("java", "-XX:SharedArchiveFile=" + archive, "-jar", jar));
        out.append("\n| start, second one, ms to the first | asset | ratio | rendered page | ratio |\n|---|---|---|---|---|\n");
        Map<String, double[][]> times = new TreeMap<>();
        for (int round = -1; round < rounds; round++) {
            for (Map.Entry<String, List<String>> command : commands.entrySet()) {
                double asset = start(command.getValue(), Map.of(), "/favicon.svg");
                double page = start(command.getValue(), Map.of(), "/search?q=saw");
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

    // --- small things

    static double median(List<Sample> samples, java.util.function.ToDoubleFunction<Sample> value) {
        return median(samples.stream().mapToDouble(value).toArray());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double number(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
    }

    private static double millis(String text, String percentile) {
        Matcher matcher = Pattern.compile(percentile + "\\s+([\\d.]+)(us|ms|s)").matcher(text);
        if (!matcher.find()) return Double.NaN;
        double value = Double.parseDouble(matcher.group(1));
        return matcher.group(2).equals("us") ? value / 1000 : matcher.group(2).equals("s") ? value * 1000 : value;
    }

    private static void copyApp(String name) throws IOException {
        Path app = WORK.resolve(name);
        delete(app);
        Path source = ROOT.resolve("examples/storefront");
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String relative = source.relativize(file).toString();
                if (relative.matches("(node_modules|\\.svelte-kit|target|build)[/\\\\].*")) continue;
                Path to = app.resolve(relative);
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        byte[] large = new byte[1024 * 1024];
        new Random(1).nextBytes(large);
        Files.write(app.resolve("static/large.bin"), large);
    }

    private static Path node() throws IOException {
        try (Stream<Path> versions = Files.list(CACHE.resolve("node"))) {
            return versions.filter(home -> home.getFileName().toString().startsWith("24."))
                    .max(Comparator.naturalOrder())
                    .orElseThrow()
                    .resolve("node");
        }
    }

    private static Path bun() {
        return WORK.resolve("bun/node_modules/@oven/bun-linux-x64-baseline/bin/bun");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String run(Path folder, List<String> command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        if (Files.isDirectory(CACHE.resolve("node"))) {
            builder.environment().merge("PATH", node().getParent() + File.pathSeparator, (old, first) -> first + old);
        }
        Process process = builder.start();
        process.getOutputStream().close();
        String text;
        try (InputStream in = process.getInputStream()) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (process.waitFor() != 0) throw new IllegalStateException(command + " failed:\n" + text);
        return text;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) Files.delete(path);
    }

    /** Requests per second as bars, each case to its own scale. */
    private static final class Chart {

        private static final List<String> COLOURS = List.of("#ff3e00", "#ffa07a", "#c2410c", "#3c873a", "#8a8a8a", "#009639");

        static void write(Path file, List<Case> cases, List<Peer> peers, Map<String, List<Sample>> samples) throws IOException {
            StringBuilder svg = new StringBuilder();
            int y = 20;
            for (Case request : cases) {
                svg.append(text(0, y, request.name(), "bold"));
                y += 8;
                double most = peers.stream()
                        .map(peer -> samples.get(request.name() + "|" + peer.name()))
                        .filter(java.util.Objects::nonNull)
                        .mapToDouble(own -> median(own, Sample::rate))
                        .max()
                        .orElse(1);
                for (int i = 0; i < peers.size(); i++) {
                    List<Sample> own = samples.get(request.name() + "|" + peers.get(i).name());
                    if (own == null) continue;
                    double rate = median(own, Sample::rate);
                    svg.append(String.format(
                            Locale.ROOT,
                            "<rect x=\"170\" y=\"%d\" width=\"%.1f\" height=\"14\" fill=\"%s\"/>%n",
                            y, 440 * rate / most, COLOURS.get(i)));
                    svg.append(text(0, y + 11, peers.get(i).name(), "normal"));
                    svg.append(text((int) (176 + 440 * rate / most), y + 11, String.format(Locale.ROOT, "%,.0f", rate), "normal"));
                    y += 18;
                }
                y += 22;
            }
            Files.writeString(
                    file,
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"700\" height=\"" + y
                            + "\" font-family=\"sans-serif\" font-size=\"12\">\n<title>Requests per second</title>\n"
                            + "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n" + svg + "</svg>\n");
        }

        private static String text(int x, int y, String text, String weight) {
            return "<text x=\"" + (x + 8) + "\" y=\"" + y + "\" font-weight=\"" + weight + "\">" + text + "</text>\n";
        }
    }
}
