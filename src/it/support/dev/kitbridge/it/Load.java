package dev.kitbridge.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that request pages and files in a loop, and count the answers. */
public final class Load implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final Map<String, AtomicInteger> seen = new ConcurrentSkipListMap<>();
    private final AtomicLong slowest = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private final int port;

    private volatile boolean over;

    private Load(int port) {
        this.port = port;
    }

    /** Starts a number of clients, each of which requests one path after the other. */
    public static Load on(int port, int clients, List<String> paths) {
        Load load = new Load(port);
        for (int i = 0; i < clients; i++) {
            Thread thread = new Thread(() -> load.run(paths), "load");
            thread.setDaemon(true);
            thread.start();
            load.threads.add(thread);
        }
        return load;
    }

    private void run(List<String> paths) {
        for (int i = 0; !over; i++) {
            long begun = System.nanoTime();
            String result;
            try {
                result = String.valueOf(get(paths.get(i % paths.size())).statusCode());
            } catch (IOException e) {
                result = String.valueOf(e);
            }
            slowest.accumulateAndGet(System.nanoTime() - begun, Math::max);
            seen.computeIfAbsent(result, key -> new AtomicInteger()).incrementAndGet();
        }
    }

    public HttpResponse<String> get(String path) throws IOException {
        return send("GET", path, "");
    }

    public HttpResponse<String> send(String method, String path, String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("content-type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .timeout(PATIENCE)
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Returns the number of answers so far. */
    public int answers() {
        return seen.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** Stops the clients, and returns the number of answers by status or error. */
    public Map<String, Integer> end() {
        close();
        Map<String, Integer> result = new TreeMap<>();
        seen.forEach((key, count) -> result.put(key, count.get()));
        return result;
    }

    public long slowestMillis() {
        return slowest.get() / 1_000_000;
    }

    @Override
    public void close() {
        over = true;
        try {
            for (Thread thread : threads) thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
