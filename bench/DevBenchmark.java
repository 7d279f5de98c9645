import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Compares a page under adapter:dev with the same page under plain Vite: java bench/DevBenchmark.java [requests].
 * Needs an installed Kitbridge and a built examples/storefront (./demo does both). All servers run at the same time and receive
 * requests alternately, on one connection each.
 */
class DevBenchmark {

    private static final Path APP = Path.of("examples/storefront").toAbsolutePath();
    private static final Path NODE_HOME = Path.of(System.getProperty("user.home"), ".cache", "kitbridge", "node");
    /** Warm-up requests: the JVM of Maven compiles hot methods after some hundred calls. */
    private static final int WARM_UP = 1000;

    /** A server of the app. */
    private record Server(String name, int port, Process process, HttpClient client) {

        static Server start(String name, int port, List<String> command) throws IOException {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(APP.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().merge("PATH", node().getParent() + File.pathSeparator, (old, first) -> first + old);
            return new Server(name, port, builder.start(), HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build());
        }

        double millis(String path) throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                    .timeout(Duration.ofSeconds(60))
                    .build();
            long start = System.nanoTime();
            HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            double millis = (System.nanoTime() - start) / 1e6;
            if (response.statusCode() != 200) {
                throw new IOException(name + " answered " + response.statusCode() + ": "
                        + new String(response.body(), StandardCharsets.UTF_8));
            }
            return millis;
        }

        void await() throws InterruptedException {
            for (int i = 0; i < 120; i++) {
                try {
                    millis("/about");
                    return;
                } catch (IOException e) {
                    if (!process.isAlive()) throw new IllegalStateException(name + " has exited");
                    Thread.sleep(500);
                }
            }
            throw new IllegalStateException(name + " does not respond");
        }

        void end() {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    public static void main(String[] arguments) throws Exception {
        int requests = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500;
        List<Server> servers = new ArrayList<>();
        try {
            servers.add(Server.start("plain Vite", 5491, List.of(
                    node().toString(), "node_modules/vite/bin/vite.js", "dev", "--port", "5491", "--strictPort")));
            servers.get(0).await();
            servers.add(Server.start("`adapter:dev`, without its front", 5492, List.of(
                    "mvn", "-B", "-o", "adapter:dev", "-Dadapter.port=5492", "-Dadapter.front=false")));
            servers.get(1).await();
            servers.add(Server.start("`adapter:dev`", 5493, List.of("mvn", "-B", "-o", "adapter:dev", "-Dadapter.port=5493")));
            servers.get(2).await();
            System.out.println("| median of " + requests + " requests | page without a service | page that calls a service |");
            System.out.println("|---|---|---|");
            double[][] about = measure(servers, "/about", requests);
            double[][] search = measure(servers, "/search?q=saw", requests);
            for (int i = 0; i < servers.size(); i++) {
                System.out.printf(Locale.ROOT, "| %s | %.2f ms (%.2f) | %.2f ms (%.2f) |%n", servers.get(i).name(),
                        median(about[i]), median(about[i]) / median(about[0]),
                        median(search[i]), median(search[i]) / median(search[0]));
            }
        } finally {
            servers.forEach(Server::end);
        }
    }

    private static double[][] measure(List<Server> servers, String path, int requests) throws Exception {
        double[][] millis = new double[servers.size()][requests];
        for (int i = -WARM_UP; i < requests; i++) {
            for (int s = 0; s < servers.size(); s++) {
                double one = servers.get(s).millis(path);
                if (i >= 0) millis[s][i] = one;
            }
        }
        return millis;
    }

    private static Path node() throws IOException {
        try (Stream<Path> versions = Files.list(NODE_HOME)) {
            return versions.filter(home -> home.getFileName().toString().matches("24\\..*-" + platform()))
                    .max(Comparator.naturalOrder())
                    .orElseThrow()
                    .resolve("node");
        }
    }

    private static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        return os + (System.getProperty("os.arch").equals("aarch64") ? "-arm64" : "-x64");
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
