package dev.kitbridge.standalone;

import dev.kitbridge.server.internal.json.Json;
import dev.kitbridge.standalone.settings.Environment;
import dev.kitbridge.standalone.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Base of tests that run the server without its main method, with real sockets and workers. */
@Timeout(120)
abstract class RunningApp {

    @TempDir
    Path temp;

    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    TestApp app;
    Instance instance;

    @BeforeEach
    void write() throws IOException {
        app = TestApp.write(temp.resolve("app"));
    }

    @AfterEach
    void stop() {
        if (instance != null) instance.stop("SIGTERM");
    }

    /** @param namesAndValues names and values of environment variables, in turn */
    Instance start(String... namesAndValues) throws Exception {
        Map<String, String> values = new HashMap<>(Map.of("HOST", "127.0.0.1", "PORT", "0", "WORKERS", "1"));
        for (int i = 0; i < namesAndValues.length; i += 2) values.put(namesAndValues[i], namesAndValues[i + 1]);
        Settings settings = Settings.of(new Environment(values, ""));
        instance = Instance.start(settings, "", () -> app.open(settings.workers()), out, () -> {});
        return instance;
    }

    /** Returns a client that is connected to the app. */
    RawClient client() throws IOException {
        return new RawClient(instance.socket());
    }

    /** @param headers names and values, in turn */
    static HttpResponse<String> get(String url, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) request.headers(headers);
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> json(String text) {
        return (Map<String, Object>) Json.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
