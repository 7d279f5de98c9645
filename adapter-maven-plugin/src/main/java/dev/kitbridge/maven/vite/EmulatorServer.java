package dev.kitbridge.maven.vite;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kitbridge.adapter.Emulator;
import dev.kitbridge.adapter.Prerender;
import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.maven.json.Json;
import dev.kitbridge.maven.process.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Lets the processes of Vite ask the adapters, over loopback HTTP. Its path is a secret that only they are told; a
 * question is one more segment.
 */
final class EmulatorServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads;
    private final String path;

    /**
     * What kit tells an emulator of a request.
     *
     * @param config the route's
     * @param prerender the route's option: {@code true}, {@code false} or {@code auto}
     */
    private record Details(Map<String, Object> config, Prerender prerender) {}

    /** An answer to a question, both JSON. */
    @FunctionalInterface
    private interface Answer {
        Object to(InputStream question);
    }

    /** Starts to answer for an emulator and services, each if there are any; of what is supported, nobody asks. */
    EmulatorServer(@Nullable Emulator emulator, @Nullable JavaServices services) throws IOException {
        this(new Questions() {
            @Override
            public Map<String, Object> platform(Map<String, Object> config, Prerender prerender) {
                return emulator == null ? Map.of() : emulator.platform(config, prerender);
            }

            @Override
            public Optional<JavaServices.Address> services() {
                return Optional.ofNullable(services).map(JavaServices::address);
            }

            @Override
            public boolean hasFront() {
                return emulator != null && emulator.front() != null;
            }
        });
    }

    /** Starts to answer: one question at a time, since an adapter is used by one thread. */
    EmulatorServer(Questions questions) throws IOException {
        path = "/" + Secret.random();
        // not getLoopbackAddress(), which may be ::1
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        threads = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "kitbridge-emulator");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        on("platform", question -> {
            Details details = Json.MAPPER.readValue(question, Details.class);
            Map<String, Object> answer = new TreeMap<>();
            answer.put("platform", questions.platform(details.config(), details.prerender()));
            if (questions.hasFront()) answer.put("front", true);
            questions.services().ifPresent(address -> answer.put("services", address));
            return answer;
        });
        on("read", question -> {
            Optional<String> refusal = questions.refusal(Json.MAPPER.readValue(question, RouteDefinition.class));
            return Collections.singletonMap("refusal", refusal.orElse(null));
        });
        server.start();
    }

    /** Where to ask. */
    String url() {
        InetSocketAddress address = server.getAddress();
        return "http://127.0.0.1:" + address.getPort() + path;
    }

    private void on(String question, Answer answer) {
        server.createContext(path + "/" + question, exchange -> answer(exchange, answer));
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        try (exchange) {
            int status = 200;
            String text;
            try {
                text = Json.sorted(answer.to(exchange.getRequestBody()));
            } catch (JacksonException e) {
                status = 500;
                text = "event.platform is no JSON: " + e.getOriginalMessage();
            } catch (RuntimeException e) {
                status = 500;
                text = String.valueOf(e.getMessage() == null ? e : e.getMessage());
            }
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
