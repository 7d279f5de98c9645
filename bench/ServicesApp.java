import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Builds the app in bench/services with Maven and runs its jar. */
final class ServicesApp implements AutoCloseable {

    static final Path WORK = Peers.ROOT.resolve("bench/target/services");

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    final Process process;
    final int port;

    private ServicesApp(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Builds and starts the app. Needs an installed Kitbridge. */
    static void build() throws Exception {
        copy(Peers.ROOT.resolve("src/it/apps/kit3"));
        copy(Peers.ROOT.resolve("bench/services"));
        Peers.run(WORK, java.util.List.of("mvn", "-B", "-q", "package"));
    }

    private static void copy(Path from) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String relative = from.relativize(file).toString();
                if (relative.matches("(node_modules|\\.svelte-kit|target|build)[/\\\\].*")) continue;
                Path to = WORK.resolve(relative);
                Files.createDirectories(to.getParent());
                Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    static ServicesApp start(Map<String, String> environment) throws Exception {
        int port = Peers.freePort();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                        java, "-Xmx256m", "-jar", WORK.resolve("target/services-1.0-app.jar").toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(WORK.toFile(), "app.log"));
        builder.environment().putAll(environment);
        builder.environment().putAll(Map.of("PORT", String.valueOf(port), "HOST", "127.0.0.1"));
        ServicesApp app = new ServicesApp(builder.start(), port);
        for (long end = System.nanoTime() + 60_000_000_000L; System.nanoTime() < end; Thread.sleep(50)) {
            try {
                if (app.get("/called").statusCode() == 200) return app;
            } catch (IOException e) {
                if (!app.process.isAlive()) break;
            }
        }
        app.close();
        throw new IllegalStateException("the app did not start; its output is in " + WORK.resolve("app.log"));
    }

    HttpResponse<String> get(String path) throws Exception {
        return CLIENT.send(request(path), HttpResponse.BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> send(String path) {
        return CLIENT.sendAsync(request(path), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .build();
    }

    /** Returns the figures that the JVM reports. */
    Figures figures() throws Exception {
        String json = get("/figures").body();
        return new Figures(
                number(json, "heapPeakMiB"),
                number(json, "heapMiB"),
                number(json, "threadsPeak"),
                number(json, "calling"),
                number(json, "working"),
                number(json, "streams"));
    }

    /** Collects garbage and resets the maxima. */
    void reset() throws Exception {
        if (get("/figures?reset").statusCode() != 200) throw new IllegalStateException("the figures were not reset");
    }

    private static long number(String json, String name) {
        Matcher matcher = Pattern.compile('"' + name + "\":(\\d+)").matcher(json);
        if (!matcher.find()) throw new IllegalStateException("no " + name + " in " + json);
        return Long.parseLong(matcher.group(1));
    }

    @Override
    public void close() throws InterruptedException {
        Peers.end(process);
        process.waitFor(5, TimeUnit.SECONDS);
    }
}

/** Heap in MiB including garbage; threads; threads for calls; threads that run a fault; open streams. */
record Figures(long heapPeak, long heap, long threadsPeak, long calling, long working, long streams) {}
