import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds the storefront and serves its search page: from the page cache, as a file, and from other caches in front of adapter-node. */
final class CacheWays {

    static final Path WORK = Peers.WORK;

    /** The page; its response may be kept for a minute. */
    static final String PAGE = "/search?q=saw";

    /** The same page as a file. */
    static final String FILE = "/kept";

    /** The same page with a rule that lets it expire after a second. */
    static final String EXPIRING = "/expiring?q=saw";

    /** The same page, which is kept for each query. */
    static final String EACH = "/each?q=saw";

    /** Requests that page with a query that nobody has requested before, and checks that it was rendered. */
    static final String MISSES = "misses.lua";

    /** The same requests to a server without page cache. */
    static final String UNCACHED = "uncached.lua";

    private CacheWays() {}

    static void build() throws Exception {
        Files.createDirectories(WORK);
        Peers.copyApp("node");
        Path node = WORK.resolve("node");
        addRoutes(node);
        Peers.run(node, List.of("npm", "ci", "--no-audit", "--no-fund", "--engine-strict=false"));
        Peers.run(node, List.of(Peers.node().toString(), "node_modules/vite/bin/vite.js", "build"));

        Peers.copyApp("jvm");
        Path jvm = WORK.resolve("jvm");
        addRoutes(jvm);
        Way page = adapterNode();
        try {
            page.await(PAGE);
            Files.writeString(jvm.resolve("static/kept.html"), body(page, PAGE));
        } finally {
            end(page);
        }
        // without the Java services, which adapter-node does not have; with the client of Redis, which is used only with PAGE_CACHE_URL
        String pom = Files.readString(Peers.ROOT.resolve("examples/storefront/pom.xml"));
        pom = pom.replaceAll("(?s)<adapters>.*</adapters>", "<adapters><jvm><mainJar>false</mainJar><pageCache>redis</pageCache></jvm></adapters>");
        Files.writeString(jvm.resolve("pom.xml"), pom);
        Peers.run(jvm, List.of("mvn", "-B", "-q", "package"));
        writeScript(MISSES, "; stored");
        writeScript(UNCACHED, "");
    }

    /** @param state what each response has in Cache-Status; empty for a response without it */
    private static void writeScript(String name, String state) throws IOException {
        Files.writeString(
                WORK.resolve(name),
                """
                local n = 0
                local threads = {}
                -- other scripts of the same run see globals only
                wrong = 0

                function setup(thread)
                  table.insert(threads, thread)
                end

                function init(args)
                  -- two runs may begin in the same second
                  begin = io.open("/proc/sys/kernel/random/uuid"):read("*l")
                end

                function request()
                  n = n + 1
                  return wrk.format("GET", "%1$s&n=" .. begin .. "-" .. n)
                end

                function response(status, headers, body)
                  local state = headers["cache-status"] or headers["Cache-Status"] or ""
                  if ("%2$s" == "" and state ~= "") or not state:find("%2$s", 1, true) then wrong = wrong + 1 end
                end

                function done(summary, latency, requests)
                  for _, thread in ipairs(threads) do print("Wrong responses: " .. thread:get("wrong")) end
                end
                """
                        .formatted(EACH, state));
    }

    /** Adds the page with other rules. */
    private static void addRoutes(Path app) throws IOException {
        addRoute(app, "expiring", "{ ttl: 1, swr: 60, query: ['q'], vary: ['accept-language'] }");
        addRoute(app, "each", "{ ttl: 3600, vary: ['accept-language'], tags: ['each'] }");
    }

    private static void addRoute(Path app, String name, String rule) throws IOException {
        Path route = Files.createDirectories(app.resolve("src/routes/" + name));
        Files.copy(app.resolve("src/routes/search/+page.svelte"), route.resolve("+page.svelte"));
        Files.writeString(
                route.resolve("+page.server.ts"),
                "export { load } from '../search/+page.server.ts';\nexport const config = { cache: " + rule + " };\n");
    }

    static Way kitbridge(String pageCache) throws Exception {
        int port = Peers.freePort();
        Map<String, String> environment = Map.of("PORT", "" + port, "HOST", "127.0.0.1", "PAGE_CACHE", pageCache);
        Process process = start("kitbridge-" + pageCache, List.of("java", "-Xmx256m", "-jar", Peers.jar("app").toString()), environment);
        return new Way("Kitbridge, PAGE_CACHE=" + pageCache, port, port, List.of(process));
    }

    static Way adapterNode() throws Exception {
        int port = Peers.freePort();
        List<String> command = List.of(Peers.node().toString(), WORK.resolve("node/build/index.js").toString());
        Process process = start("adapter-node", command, Map.of("PORT", "" + port, "HOST", "127.0.0.1"));
        return new Way("adapter-node", port, port, List.of(process));
    }

    /** Starts nginx with a usual configuration for a cache in front of a server. */
    static Way nginx(Way behind) throws Exception {
        int port = Peers.freePort();
        Path config = WORK.resolve("nginx-cache.conf");
        Files.writeString(
                config,
                """
                daemon off;
                user root;
                worker_processes auto;
                pid %1$s/nginx-cache.pid;
                error_log %1$s/nginx-cache.log;
                events { worker_connections 2048; }
                http {
                  access_log off;
                  sendfile on;
                  tcp_nopush on;
                  keepalive_requests 1000000;
                  open_file_cache max=1000;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_set_header Host $http_host;
                  proxy_cache_path %1$s/nginx-cache levels=1:2 keys_zone=pages:10m use_temp_path=off;
                  upstream node { server 127.0.0.1:%3$d; keepalive 64; keepalive_requests 1000000; }
                  server {
                    listen 127.0.0.1:%2$d;
                    proxy_cache pages;
                    proxy_cache_lock on;
                    proxy_cache_use_stale updating error timeout;
                    proxy_cache_background_update on;
                    location / { proxy_pass http://node; }
                  }
                }
                """
                        .formatted(WORK, port, behind.port()));
        Process process = start("nginx-cache-output", List.of("nginx", "-c", config.toString()), Map.of());
        return new Way("nginx proxy_cache, adapter-node", port, port, List.of(process));
    }

    /** Returns null if Varnish is not installed. */
    static Way varnish(Way behind) throws Exception {
        if (!Files.isExecutable(Path.of("/usr/sbin/varnishd"))) return null;
        int port = Peers.freePort();
        List<String> command = List.of(
                "/usr/sbin/varnishd", "-F", "-n", WORK.resolve("varnish").toString(), "-a", "127.0.0.1:" + port,
                "-b", "127.0.0.1:" + behind.port(), "-s", "malloc,64m");
        return new Way("Varnish, adapter-node", port, port, List.of(start("varnish-output", command, Map.of())));
    }

    static Process start(String name, List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(WORK.resolve(name + ".log").toFile());
        builder.environment().putAll(new HashMap<>(environment));
        return builder.start();
    }

    static String body(Way way, String path) throws Exception {
        return Peers.run(Peers.ROOT, List.of("curl", "-sSf", "http://127.0.0.1:" + way.port() + path));
    }

    static void end(Way way) throws InterruptedException {
        for (Process process : way.processes()) Peers.end(process);
    }

    /** Checks that the servers send the same page: another one could be faster. */
    static void check(Map<Way, String> paths) throws Exception {
        List<String> texts = new ArrayList<>();
        for (Map.Entry<Way, String> each : paths.entrySet()) {
            String page = body(each.getKey(), each.getValue());
            texts.add(page.substring(page.indexOf("<main"), page.indexOf("</main>")).replaceAll("<!--.*?-->|svelte-\\w+", ""));
        }
        if (texts.stream().distinct().count() != 1) throw new IllegalStateException("the pages differ: " + texts);
        if (!texts.get(0).contains("saw")) throw new IllegalStateException(texts.get(0));
    }
}
