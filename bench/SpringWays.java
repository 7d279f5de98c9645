import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Builds and starts the same pages three times: inside a Spring Boot application, in the executable jar, and in adapter-node beside a
 * Spring Boot application, with nginx in front. The pages are those of examples/spring-boot. Its database and its members are left
 * out (bench/library): the executable jar has neither.
 */
final class SpringWays {

    static final Path WORK = Peers.ROOT.resolve("bench/target/spring");
    private static final Path EXAMPLE = Peers.ROOT.resolve("examples/spring-boot");
    private static final Path LIBRARY = Peers.ROOT.resolve("bench/library");
    private static final String JAVA_OF_EXAMPLE = "src/main/java/dev/kitbridge/examples/toollibrary/";
    private static final String ADAPTER_NODE = "6.0.1";

    /** The same for each JVM. */
    private static final List<String> JAVA = List.of("java", "-Xmx256m", "-jar");

    private SpringWays() {}

    /** Builds all applications and returns the path of a hashed file that both Spring Boot applications have. */
    static String build() throws Exception {
        for (String name : List.of("spring", "jar", "node")) pages(WORK.resolve(name));

        Path spring = WORK.resolve("spring");
        java(spring, "spring.xml", "tools", "spring");
        Peers.run(spring, List.of("mvn", "-B", "-q", "package", "-Pkitbridge"));

        Path jar = WORK.resolve("jar");
        java(jar, "jar.xml", "tools");
        Path services = jar.resolve("src/main/resources/META-INF/services/dev.kitbridge.bench.library.Tools");
        Files.createDirectories(services.getParent());
        Files.writeString(services, "dev.kitbridge.bench.library.MemoryTools\n");
        Peers.run(jar, List.of("mvn", "-B", "-q", "package"));

        Path node = WORK.resolve("node");
        Files.copy(LIBRARY.resolve("vite.config.node.ts"), node.resolve("vite.config.ts"), StandardCopyOption.REPLACE_EXISTING);
        npm(node, "ci");
        npm(node, "install", "--no-save", "@sveltejs/adapter-node@" + ADAPTER_NODE);
        Peers.run(node, List.of(Peers.node().toString(), "node_modules/vite/bin/vite.js", "build"));

        Path today = WORK.resolve("today");
        java(today, "spring.xml", "tools", "spring");
        Path client = spring.resolve(".svelte-kit/output/client");
        Path asset = largest(client.resolve("_app/immutable"));
        Path to = today.resolve("src/main/resources/static").resolve(client.relativize(asset).toString());
        Files.createDirectories(to.getParent());
        Files.copy(asset, to, StandardCopyOption.REPLACE_EXISTING);
        Peers.run(today, List.of("mvn", "-B", "-q", "package"));
        return "/" + client.relativize(asset).toString().replace('\\', '/');
    }

    private static void npm(Path folder, String... arguments) throws Exception {
        Peers.run(folder, Stream.concat(Stream.of("npm", "--no-audit", "--no-fund", "--engine-strict=false"), Stream.of(arguments)).toList());
    }

    private static void pages(Path to) throws IOException {
        delete(to.resolve("src"));
        for (String each : List.of("package.json", "package-lock.json", "tsconfig.json", "vite.config.ts", "static", "src/app.html",
                "src/app.css", "src/app.d.ts", "src/error.html", "src/lib/components", "src/lib/spring.ts", "src/routes/+layout.svelte",
                "src/routes/+page.svelte", "src/routes/+error.svelte")) {
            copy(EXAMPLE.resolve(each), to.resolve(each));
        }
        copy(LIBRARY.resolve("routes"), to.resolve("src/routes"));
    }

    private static void java(Path to, String pom, String... folders) throws IOException {
        delete(to.resolve("src/main"));
        copy(EXAMPLE.resolve(JAVA_OF_EXAMPLE + "ToolView.java"), to.resolve(JAVA_OF_EXAMPLE + "ToolView.java"));
        copy(LIBRARY.resolve(pom), to.resolve("pom.xml"));
        for (String folder : folders) copy(LIBRARY.resolve(folder), to.resolve("src/main/java"));
    }

    /** Builds examples/spring-boot as it is, or without Kitbridge. */
    static Path example(boolean kitbridge) throws Exception {
        Path to = WORK.resolve(kitbridge ? "with" : "without");
        delete(to.resolve("src"));
        for (String each : List.of("package.json", "package-lock.json", "tsconfig.json", "vite.config.ts", "static", "src")) {
            copy(EXAMPLE.resolve(each), to.resolve(each));
        }
        copy(LIBRARY.resolve("ReadyTime.java"), to.resolve(JAVA_OF_EXAMPLE + "ReadyTime.java"));
        String pom = Files.readString(EXAMPLE.resolve("pom.xml"));
        if (!kitbridge) {
            pom = pom.replace("kitbridge-spring-boot-starter", "kitbridge-platform")
                    .replaceAll("(?s)<plugin>\\s*<groupId>dev\\.kitbridge</groupId>.*?</plugin>", "");
        }
        Files.writeString(to.resolve("pom.xml"), pom);
        Peers.run(to, List.of("mvn", "-B", "-q", "package", "-Dmaven.test.skip"));
        return to.resolve("target/tool-library-0.1.0-SNAPSHOT.jar");
    }

    static Way spring() throws Exception {
        int port = Peers.freePort();
        return new Way("Spring Boot with Kitbridge", port, port, List.of(springBoot("spring", port, Map.of())));
    }

    /** Has files of its own: a share of a file that two servers use would be missing in the memory of each. */
    static Way springWithTwoWorkers() throws Exception {
        int port = Peers.freePort();
        String cache = WORK.resolve("cache").toString();
        Process process = springBoot("spring", port, Map.of("KITBRIDGE_WORKERS", "2", "KITBRIDGE_CACHE_DIRECTORY", cache));
        return new Way("Spring Boot with Kitbridge, two workers", port, port, List.of(process));
    }

    static Way jar() throws Exception {
        int port = Peers.freePort();
        Path jar = WORK.resolve("jar/target/library-1.0-app.jar");
        return new Way("executable jar", port, port, List.of(start("jar", JAVA, jar.toString(), Map.of("PORT", "" + port))));
    }

    static Way today() throws Exception {
        int spring = Peers.freePort();
        Process application = springBoot("today", spring, Map.of());
        int node = Peers.freePort();
        Process server = start(
                "node",
                List.of(Peers.node().toString()),
                WORK.resolve("node/build/index.js").toString(),
                Map.of("PORT", "" + node, "HOST", "127.0.0.1", "SPRING", "http://127.0.0.1:" + spring));
        int port = Peers.freePort();
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
                  keepalive_requests 1000000;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_set_header Host $http_host;
                  proxy_set_header X-Forwarded-For $remote_addr;
                  proxy_set_header X-Forwarded-Proto $scheme;
                  upstream spring { server 127.0.0.1:%3$d; keepalive 64; keepalive_requests 1000000; }
                  upstream node { server 127.0.0.1:%4$d; keepalive 64; keepalive_requests 1000000; }
                  server {
                    listen 127.0.0.1:%2$d;
                    location /api/ { proxy_pass http://spring; }
                    location / { proxy_pass http://node; }
                  }
                }
                """
                        .formatted(WORK, port, spring, node));
        Process nginx = start("nginx-output", List.of("nginx", "-c"), config.toString(), Map.of());
        return new Way("nginx, Spring Boot and adapter-node", port, spring, List.of(nginx, application, server));
    }

    private static Process springBoot(String name, int port, Map<String, String> more) throws IOException {
        Map<String, String> environment = new HashMap<>(more);
        environment.putAll(Map.of("SERVER_PORT", "" + port, "SERVER_ADDRESS", "127.0.0.1"));
        return start(name + "-" + port, JAVA, WORK.resolve(name + "/target/library-1.0.jar").toString(), environment);
    }

    private static Process start(String name, List<String> command, String last, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(command.stream(), Stream.of(last)).toList())
                .redirectErrorStream(true)
                .redirectOutput(WORK.resolve(name + ".log").toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Path largest(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".js"))
                    .max(java.util.Comparator.comparing((Path file) -> file.toFile().length()).thenComparing(Path::toString))
                    .orElseThrow();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (from.equals(file)) target = to;
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}

/** Processes that serve the pages together. {@code springPort} is the port of the Spring Boot application, if there is one. */
record Way(String name, int port, int springPort, List<Process> processes) {

    void await(String path) throws Exception {
        for (long end = System.nanoTime() + 120_000_000_000L; System.nanoTime() < end; Thread.sleep(50)) {
            try {
                if (Peers.head(port, path, "").startsWith("HTTP/1.1 200")) return;
            } catch (IOException e) {
                if (!processes.stream().allMatch(Process::isAlive)) break;
            }
        }
        throw new IllegalStateException(name + " did not start; its output is in " + SpringWays.WORK);
    }

    long cpuMillis() {
        return processes.stream().mapToLong(ServerBenchmark::cpuMillis).sum();
    }

    /** Returns PSS and RSS of all processes, in MiB. */
    double[] memory() {
        double[] sum = new double[2];
        for (Process process : processes) {
            Stream.concat(Stream.of(process.toHandle()), process.descendants()).forEach(each -> {
                try {
                    String text = Files.readString(Path.of("/proc/" + each.pid() + "/smaps_rollup"));
                    sum[0] += kilobytes(text, "Pss") / 1024;
                    sum[1] += kilobytes(text, "Rss") / 1024;
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
        }
        return sum;
    }

    private static double kilobytes(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                .sum();
    }
}
