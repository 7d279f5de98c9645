import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Serves a folder that the static adapter wrote, for looking at it: java StaticServer.java folder port. Any web server
 * does this; the rules are those that a site of SvelteKit's wants.
 */
class StaticServer {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "js", "text/javascript",
            "css", "text/css",
            "json", "application/json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "xml", "application/xml",
            "txt", "text/plain;charset=utf-8",
            "webmanifest", "application/manifest+json");

    private final Path root;

    private StaticServer(Path root) {
        this.root = root;
    }

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]).toRealPath();
        int port = Integer.parseInt(arguments[1]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", new StaticServer(root)::handle);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        System.out.println("http://localhost:" + port);
        System.out.println("Products, about and terms are prerendered. Search, cart and account are rendered by a server,"
                + " which static files do not have: they come up as the shop's error page.");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Optional<Path> file = find(path);
            boolean page = Optional.ofNullable(exchange.getRequestHeaders().getFirst("accept"))
                    .orElse("")
                    .contains("text/html");
            if (!exchange.getRequestMethod().matches("GET|HEAD")) {
                answer(exchange, 405, Optional.empty());
            } else if (file.isPresent()) {
                if (path.contains("/immutable/")) {
                    exchange.getResponseHeaders().set("cache-control", "public,max-age=31536000,immutable");
                }
                answer(exchange, 200, file);
            } else if (page && !path.startsWith("/_app/")) {
                // the fallback page is for people, never in place of a script or an image that is missing
                answer(exchange, 200, find("/200.html"));
            } else {
                answer(exchange, 404, Optional.empty());
            }
        }
    }

    private Optional<Path> find(String path) {
        return Stream.of(path, path + ".html", path + "/index.html")
                .map(name -> root.resolve(name.replaceFirst("^/+", "")).normalize())
                .filter(file -> file.startsWith(root) && Files.isRegularFile(file))
                .findFirst();
    }

    private void answer(HttpExchange exchange, int status, Optional<Path> file) throws IOException {
        if (file.isEmpty()) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        String name = file.get().getFileName().toString();
        String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
        exchange.getResponseHeaders().set("content-type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, Files.size(file.get()));
        try (OutputStream body = exchange.getResponseBody()) {
            Files.copy(file.get(), body);
        }
    }
}
