package dev.kitbridge.standalone;

import dev.kitbridge.server.Init;
import dev.kitbridge.server.Server;
import dev.kitbridge.server.caching.CacheClient;
import dev.kitbridge.server.caching.CaseTable;
import dev.kitbridge.server.caching.HttpCaseClient;
import dev.kitbridge.standalone.settings.Environment;
import dev.kitbridge.standalone.settings.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs the cases of HTTP caching against the page cache, and against nginx and Varnish in front of the same server
 * without page cache. Needs both programs.
 */
final class CacheComparison {

    private static final String NGINX =
            """
            daemon off;
            user %4$s;
            worker_processes 1;
            error_log stderr crit;
            pid %1$s/nginx.pid;
            events {}
            http {
                access_log off;
                client_body_temp_path %1$s/body;
                proxy_temp_path %1$s/proxy;
                fastcgi_temp_path %1$s/fastcgi;
                uwsgi_temp_path %1$s/uwsgi;
                scgi_temp_path %1$s/scgi;
                proxy_cache_path %1$s/cache keys_zone=pages:10m;
                server {
                    listen 127.0.0.1:%2$d;
                    location / {
                        proxy_pass http://127.0.0.1:%3$d;
                        proxy_http_version 1.1;
                        proxy_set_header Host $http_host;
                        proxy_cache pages;
                        proxy_cache_lock on;
                        proxy_cache_revalidate on;
                        proxy_cache_background_update on;
                    }
                }
            }
            """;

    private CacheComparison() {}

    private static Instance start(Path folder, Init.PageCache.Mode mode) throws Exception {
        dev.kitbridge.server.TestApp app = dev.kitbridge.server.TestApp.in(folder);
        Settings settings = Settings.of(new Environment(Map.of("HOST", "127.0.0.1", "PORT", "0"), ""));
        Init init = app.init().withPageCache(new Init.PageCache(mode, 64 * 1024 * 1024));
        Instance instance = Instance.start(
                settings, "", () -> Server.open(app.folder(), init), OutputStream.nullOutputStream(), () -> {});
        instance.started().get(60, TimeUnit.SECONDS);
        return instance;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Process run(int port, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        for (int i = 0; i < 200 && process.isAlive(); i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) return process;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        process.destroy();
        throw new IOException(String.join(" ", command) + " does not listen on port " + port);
    }

    private static InetSocketAddress local(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** A cache that does not work at all would fail the cases for another reason than the table says. */
    private static void check(String name, CacheClient cache) throws IOException {
        CacheClient.Reply reply = cache.send("GET", "/kept/open?comparison", List.of());
        if (reply.status() != 200) throw new IllegalStateException(name + " responds with " + reply.status());
    }

    /** Prints the table. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("cache-comparison");
        Instance cached = start(folder.resolve("cached"), Init.PageCache.Mode.ON);
        Instance plain = start(folder.resolve("plain"), Init.PageCache.Mode.OFF);
        InetSocketAddress own = (InetSocketAddress) cached.socket();
        InetSocketAddress app = (InetSocketAddress) plain.socket();
        int nginxPort = freePort();
        int varnishPort = freePort();
        Path work = Files.createDirectories(folder.resolve("nginx"));
        // its workers would run as another user, who must not read the folder
        String user = System.getProperty("user.name");
        Path file =
                Files.writeString(work.resolve("nginx.conf"), NGINX.formatted(work, nginxPort, app.getPort(), user));
        Process nginx = run(nginxPort, List.of("nginx", "-p", work.toString(), "-c", file.toString()));
        Process varnish = run(
                varnishPort,
                List.of(
                        "varnishd",
                        "-F",
                        "-n",
                        folder.resolve("varnish").toString(),
                        "-a",
                        "127.0.0.1:" + varnishPort,
                        "-b",
                        "127.0.0.1:" + app.getPort(),
                        "-s",
                        "malloc,64m"));
        try {
            Map<String, CacheClient> caches = new LinkedHashMap<>();
            caches.put("Kitbridge", new HttpCaseClient(own, own));
            caches.put("nginx", new HttpCaseClient(local(nginxPort), app));
            caches.put("Varnish", new HttpCaseClient(local(varnishPort), app));
            for (Map.Entry<String, CacheClient> each : caches.entrySet()) check(each.getKey(), each.getValue());
            System.out.println(CaseTable.of(caches));
        } finally {
            nginx.destroy();
            varnish.destroy();
            cached.stop("SIGTERM");
            plain.stop("SIGTERM");
        }
    }
}
