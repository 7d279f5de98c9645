import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Builds, starts and stops the servers that are compared. */
final class Peers {

    static final Path ROOT = Path.of("").toAbsolutePath();
    static final Path WORK = ROOT.resolve("bench/target/server");
    private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache", "kitbridge");
    private static final String ADAPTER_BUN = "1.0.0-next.1";
    private static final String BUN = "1.4.5";

    private Peers() {}

    static void prepare() throws Exception {
        copyApp("jvm");
        Path jvm = WORK.resolve("jvm");
        // without the Java services, which the other servers do not have
        String pom = Files.readString(ROOT.resolve("examples/storefront/pom.xml"));
        pom = pom.replaceAll("(?s)<adapters>.*</adapters>", "<adapters><jvm><mainJar>false</mainJar></jvm><jvm id=\"bun\"><mainJar>false</mainJar><runtime>bun</runtime></jvm></adapters>");
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

    static void start(List<Peer> peers) throws Exception {
        String jar = jar("app").toString();
        peers.add(peer("Kitbridge", List.of("java", "-Xmx128m", "-jar", jar), Map.of(), false));
        peers.add(peer("Kitbridge, one worker", List.of("java", "-Xmx128m", "-jar", jar), Map.of("WORKERS", "1"), false));
        peers.add(peer("Kitbridge, Bun workers", List.of("java", "-Xmx128m", "-jar", jar("bun").toString()), Map.of(), false));
        peers.add(peer("adapter-node", List.of(node().toString(), WORK.resolve("node/build/index.js").toString()), Map.of(), false));
        peers.add(peer("adapter-bun", List.of(bun().toString(), WORK.resolve("bun/build/index.js").toString()), Map.of(), false));
        peers.add(nginx());
        peers.add(bareJetty());
        for (Peer peer : peers) await(peer, peer.filesOnly() ? "/favicon.svg" : "/search?q=saw");
    }

    static Path jar(String classifier) {
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

    /** Starts nginx with a usual configuration for files: one worker per core, a cache of open files, no log. */
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

    /** The upper limit: Jetty alone on this machine. */
    private static Peer bareJetty() throws Exception {
        int port = freePort();
        List<String> command = List.of(
                "java",
                "-Xmx128m",
                "-cp",
                jar("app").toString(),
                ROOT.resolve("bench/peers/BareJetty.java").toString(),
                String.valueOf(port),
                WORK.resolve("jvm/target/adapters/jvm").toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(WORK.resolve("Jetty.log").toFile());
        return new Peer("Jetty alone", builder.start(), port, true);
    }

    private static void await(Peer peer, String path) throws Exception {
        for (long end = System.nanoTime() + 120_000_000_000L; System.nanoTime() < end; Thread.sleep(20)) {
            try {
                if (head(peer.port(), path, "").startsWith("HTTP/1.1 200")) return;
            } catch (IOException e) {
                if (!peer.process().isAlive()) break;
            }
        }
        throw new IllegalStateException(peer.name() + " did not start; its output is in " + WORK);
    }

    static void end(Process process) throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(15, java.util.concurrent.TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    static String head(int port, String path, String header) throws IOException {
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

    static void copyApp(String name) throws IOException {
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

    static Path node() throws IOException {
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

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    static String run(Path folder, List<String> command) throws Exception {
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
}

/** A running server; some serve files only. */
record Peer(String name, Process process, int port, boolean filesOnly) {}
