package dev.kitbridge.server;

import dev.kitbridge.server.internal.site.SiteFile;
import dev.kitbridge.server.internal.site.SiteManifest;
import dev.kitbridge.server.internal.workers.WorkerModules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An app's folder as an adapter writes it, with {@code app.js} in place of a SvelteKit app. */
public final class TestApp {

    /** A generous timeout, for a busy machine. */
    public static final Duration LONG = Duration.ofSeconds(60);

    /** The output of the workers; lines of standard error begin with "!". */
    public final ConcurrentLinkedQueue<String> output = new ConcurrentLinkedQueue<>();

    private final Path folder;
    private final List<SiteFile> served = new ArrayList<>();

    private TestApp(Path folder) {
        this.folder = folder;
    }

    public static TestApp in(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("client"));
        Files.writeString(folder.resolve("client/file.txt"), "a file");
        Files.writeString(folder.resolve("package.json"), "{\"type\":\"module\"}");
        WorkerModules.write(folder.resolve("kitbridge"));
        for (String module : List.of("app.js", "answers.js", "cases.js", "kept.js"))
            copy(module, folder.resolve(module));
        Files.writeString(
                folder.resolve("worker.js"),
                """
                import { run } from './kitbridge/workers/worker.mjs';
                import { server } from './app.js';
                await run(server, new URL('./client/', import.meta.url));
                """);
        Path kit = Files.createDirectories(folder.resolve("node_modules/@sveltejs/kit"));
        Files.writeString(
                kit.resolve("package.json"),
                "{\"type\":\"module\",\"exports\":{\".\":\"./index.js\",\"./internal\":\"./internal.js\"}}");
        Files.writeString(
                kit.resolve("index.js"),
                """
                export class HttpError {
                    constructor(status, body) {
                        this.status = status;
                        this.body = body;
                    }
                }
                export function error(status, body) {
                    throw new HttpError(status, typeof body === 'string' ? { message: body } : body);
                }
                """);
        Files.writeString(
                kit.resolve("internal.js"),
                """
                export class SvelteKitError extends Error {
                    constructor(status, text, message) {
                        super(message);
                        this.status = status;
                        this.text = text;
                    }
                }
                """);
        TestApp app = new TestApp(folder);
        app.serve("file.txt", 6);
        return app;
    }

    private void serve(String name, long size) throws IOException {
        served.add(new SiteFile(List.of("/" + name), "client/" + name, size, "digest", "text/plain", false, List.of()));
        new SiteManifest(
                        "3.2.0",
                        "1",
                        "",
                        "",
                        "_app",
                        "",
                        "<h1>%sveltekit.status%</h1><p>%sveltekit.error.message%</p>",
                        served,
                        List.of())
                .write(folder);
    }

    /** Adds a served file. */
    public TestApp withFile(String name, byte[] content) throws IOException {
        Files.write(folder.resolve("client/" + name), content);
        serve(name, content.length);
        return this;
    }

    private static void copy(String resource, Path to) throws IOException {
        try (InputStream in = Objects.requireNonNull(Server.class.getResourceAsStream(resource), resource)) {
            Files.copy(in, to);
        }
    }

    public Path folder() {
        return folder;
    }

    /** The runtime that the tests run on: {@code -Dkitbridge.test.runtime=/path/to/bun}. */
    public static Path runtime() {
        return Path.of(System.getProperty("kitbridge.test.runtime", "node"));
    }

    public static boolean isBun() {
        return Init.of(runtime()).runtime() == Init.JavaScript.BUN;
    }

    /** One worker with a short timeout and {@code APP_START} as given. */
    public Init init(String start) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        // with such variables, CI names the programs that tests require
        environment.keySet().removeIf(name -> name.startsWith("KITBRIDGE_"));
        environment.put("APP_START", start);
        return new Init(
                Init.of(runtime()).runtime(),
                List.of(runtime().toString()),
                environment,
                1,
                LONG,
                0,
                512 * 1024,
                64 * 1024,
                100,
                0,
                "",
                Init.PageCache.OFF,
                (worker, line, error) -> output.add((error ? "!" : "") + line));
    }

    public Init init() {
        return init("works");
    }

    /** Opens the app and waits for a worker. */
    public Server open(Init init) throws IOException, InterruptedException {
        Server server = Server.open(folder, init);
        try {
            server.started().get(LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            server.close();
            throw new IllegalStateException("no worker became ready: " + output, e);
        }
        return server;
    }

    /** Waits until a worker has written a line that begins so, and returns it. */
    public String awaitOutput(String start) throws InterruptedException {
        return Await.value("output '" + start + "', there is " + output, () -> output.stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElse(null));
    }

    public static String text(Response response) {
        return new String(Collector.of(response).bytes(), StandardCharsets.UTF_8);
    }
}
