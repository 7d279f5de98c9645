import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compares the storefront's jar with the official adapters and nginx: bench/run [rounds] [seconds].
 * All servers run during the whole benchmark. Each round measures every case on every server alternately, so that other load on
 * the machine affects all servers alike. The results are medians over the rounds, after one round of warm-up.
 */
class ServerBenchmark {

    static final List<Case> CASES = List.of(
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
        Peers.prepare();
        List<Peer> peers = new ArrayList<>();
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        Map<String, Long> memory = new LinkedHashMap<>();
        try {
            Peers.start(peers);
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
            for (Peer peer : peers) Peers.end(peer.process());
        }
        StringBuilder out = new StringBuilder();
        Report.throughput(out, peers, samples, rounds);
        Report.memory(out, memory);
        Report.starts(out, 3 * rounds);
        System.out.print(out);
        Files.writeString(Peers.ROOT.resolve("bench/target/server.md"), out);
        Chart.write(Peers.ROOT.resolve("docs/bench.svg"), CASES, peers, samples);
    }

    private static Sample measure(Peer peer, Case request, int seconds) throws Exception {
        String url = "http://127.0.0.1:" + peer.port() + request.path();
        List<String> command = new ArrayList<>(List.of("wrk", "-t1", "-c32", "-d" + seconds + "s", "--latency"));
        if (request.header().equals("if-none-match")) {
            command.addAll(List.of("-H", "If-None-Match: " + etag(peer, request.path())));
        }
        if (!request.script().isEmpty()) {
            command.addAll(List.of("-s", Peers.WORK.resolve(request.script()).toString(), "-H", "Origin: https://127.0.0.1:" + peer.port()));
        }
        command.add(url);
        check(peer, request);
        long before = cpuMillis(peer.process());
        String text = Peers.run(Peers.ROOT, command);
        long after = cpuMillis(peer.process());
        Wrk wrk = Wrk.of(text);
        if (wrk.failures() > 0) {
            System.err.println(peer.name() + ", " + request.name() + ":\n" + text.replaceAll("(?m)^(?!.*(errors|Non-2xx)).*\\n", ""));
        }
        return new Sample(wrk.rate(), wrk.p50(), wrk.p99(), (after - before) / wrk.requests(), wrk.failures());
    }

    /** Checks that a server sends the expected response: a wrong one could be faster. */
    private static void check(Peer peer, Case request) throws IOException {
        if (!request.script().isEmpty()) return;
        String head = Peers.head(peer.port(), request.path(), request.header().isEmpty() ? "" : "If-None-Match: " + etag(peer, request.path()) + "\r\n");
        if (!head.startsWith("HTTP/1.1 " + request.status())) {
            throw new IllegalStateException(peer.name() + " answered " + request.path() + " with " + head);
        }
    }

    private static String etag(Peer peer, String path) throws IOException {
        Matcher matcher = Pattern.compile("(?im)^etag: (.*)$").matcher(Peers.head(peer.port(), path, ""));
        return matcher.find() ? matcher.group(1).strip() : "\"none\"";
    }

    /** Returns the CPU time of a process and its children. */
    static long cpuMillis(Process process) {
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

    /** Returns the milliseconds from the start of a process to the first byte of a response. */
    static double start(List<String> command, Map<String, String> environment, String path) throws Exception {
        int port = Peers.freePort();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Peers.WORK.resolve("start.log").toFile());
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
            throw new IllegalStateException(command + " did not start: " + Files.readString(Peers.WORK.resolve("start.log")));
        } finally {
            Peers.end(process);
        }
    }

    private static double number(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
    }
}

/** A request and the expected response; {@code script} is a script of wrk, empty for a plain GET. */
record Case(String name, String path, int status, boolean file, String header, String script) {}

/** One measurement. */
record Sample(double rate, double p50, double p99, double cpu, long failures) {}
