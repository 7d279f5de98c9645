package dev.kitbridge.standalone;

import dev.kitbridge.server.Init;
import dev.kitbridge.server.Server;
import dev.kitbridge.server.internal.site.SiteFile;
import dev.kitbridge.server.internal.site.SiteManifest;
import dev.kitbridge.server.internal.workers.WorkerModules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** An app without SvelteKit: the worker's own code with a few routes. Its output is collected. */
final class TestApp {

    private static final String APP =
            """
            import { run } from './kitbridge/workers/worker.mjs';

            process.on('sveltekit:shutdown', (reason) => console.log(`shutdown ${reason}`));

            const server = {
                async init() {
                    if (!process.env.APP_FAILS) return;
                    console.error('DATABASE_URL is missing');
                    process.exit(1);
                },
                async respond(request, { getClientAddress }) {
                    const url = new URL(request.url);
                    try {
                        decodeURI(url.pathname);
                    } catch {
                        return new Response('RequestCheck URI', { status: 400 });
                    }
                    if (url.pathname === '/') return new Response('home');
                    if (url.pathname === '/echo') {
                        return Response.json({
                            url: request.url,
                            address: getClientAddress(),
                            headers: Object.fromEntries(request.headers)
                        });
                    }
                    if (url.pathname === '/body') {
                        try {
                            return new Response(await request.text());
                        } catch (error) {
                            console.log('request failed');
                            return new Response(error.message, { status: error.status ?? 500 });
                        }
                    }
                    if (url.pathname === '/chunks') {
                        let count = 0;
                        for await (const chunk of request.body) count += chunk.length > 0;
                        return new Response(String(count));
                    }
                    if (url.pathname === '/same') return new Response(request.body);
                    if (url.pathname === '/large') {
                        const piece = new Uint8Array(64 * 1024);
                        let left = Number(url.searchParams.get('pieces'));
                        const pull = (controller) => (left-- > 0 ? controller.enqueue(piece) : controller.close());
                        return new Response(new ReadableStream({ pull, cancel: () => console.log('large cancelled') }));
                    }
                    if (url.pathname === '/announced') {
                        const body = new ReadableStream({ start: (controller) => controller.enqueue('begun') });
                        return new Response(body, { headers: { 'content-length': url.search.slice(1) } });
                    }
                    if (url.pathname === '/silent') {
                        return new Response(new ReadableStream({ cancel: () => console.log('silent cancelled') }));
                    }
                    if (url.pathname === '/hold') {
                        console.log(`holding ${url.search}`);
                        await new Promise((fulfil) => {
                            request.signal.addEventListener('abort', fulfil);
                            process.on('SIGUSR2', fulfil);
                            if (url.searchParams.has('ms')) setTimeout(fulfil, Number(url.searchParams.get('ms')));
                        });
                        console.log(request.signal.aborted ? 'aborted' : 'released');
                        return new Response('held');
                    }
                    if (url.pathname === '/events') {
                        const body = new ReadableStream({
                            start: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\\n\\n')),
                            cancel: () => console.log('events cancelled')
                        });
                        return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
                    }
                    if (url.pathname === '/headers') {
                        const headers = Array.from({ length: 60 }, (_, i) => ['set-cookie', `c${i}=${'v'.repeat(680)}`]);
                        return new Response('large head', { headers });
                    }
                    if (url.pathname === '/status') return new Response(null, { status: Number(url.search.slice(1)) });
                    if (url.pathname === '/fields') return new Response('fields', { headers: [...url.searchParams] });
                    if (url.pathname === '/number') return new Response(new ReadableStream({ start: (controller) => controller.enqueue(42) }));
                    if (url.pathname === '/length') {
                        const length = url.search.slice(1);
                        const body = new ReadableStream({
                            async start(controller) {
                                controller.enqueue('one ');
                                await new Promise((fulfil) => setTimeout(fulfil, 50));
                                controller.enqueue(length === 'late' ? 42 : 'two');
                                controller.close();
                            }
                        });
                        return new Response(body, { headers: length === 'late' ? {} : { 'content-length': length } });
                    }
                    return new Response('not found', { status: 404 });
                }
            };

            await run(server, new URL('./client/', import.meta.url));
            """;

    /** Size of the file that is read from the disk for each request. */
    static final int LARGE = 4 * 1024 * 1024;

    private final Path folder;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    private TestApp(Path folder) {
        this.folder = folder;
    }

    /** @param folder an empty one */
    static TestApp write(Path folder) throws IOException {
        Path kit = Files.createDirectories(folder.resolve("node_modules/@sveltejs/kit"));
        Files.writeString(
                kit.resolve("package.json"),
                "{\"name\":\"@sveltejs/kit\",\"type\":\"module\",\"exports\":{\".\":\"./index.js\",\"./internal\":\"./internal.js\"}}");
        Files.writeString(kit.resolve("index.js"), "export const error = () => {};");
        Files.writeString(
                kit.resolve("internal.js"),
                """
                export class SvelteKitError extends Error {
                    constructor(status, text, message) {
                        super(message);
                        this.status = status;
                    }
                }
                """);
        Files.writeString(folder.resolve("package.json"), "{\"type\":\"module\"}");
        WorkerModules.write(folder.resolve("kitbridge"));
        Files.writeString(folder.resolve("worker.js"), APP);
        Files.createDirectories(folder.resolve("client"));
        Files.writeString(folder.resolve("client/file.txt"), "a file\n");
        SiteFile file =
                new SiteFile(List.of("/file.txt"), "client/file.txt", 7, "digest", "text/plain", false, List.of());
        Files.write(folder.resolve("client/large.bin"), new byte[LARGE]);
        SiteFile large = new SiteFile(
                List.of("/large.bin"),
                "client/large.bin",
                LARGE,
                "large",
                "application/octet-stream",
                false,
                List.of());
        new SiteManifest("3.0.0", "1", "", "", "_app", "", "%sveltekit.status%", List.of(file, large), List.of())
                .write(folder);
        return new TestApp(folder);
    }

    Server open(int workers) throws IOException {
        return Server.open(
                folder,
                new Init(
                        Init.JavaScript.NODE,
                        List.of("node"),
                        Map.of("PATH", System.getenv("PATH")),
                        workers,
                        Duration.ofSeconds(60),
                        0,
                        512 * 1024,
                        64 * 1024,
                        100,
                        0,
                        "",
                        Init.PageCache.OFF,
                        (worker, line, error) -> said.add(line)));
    }

    /** Waits until a worker has written a line. */
    void awaitLine(String expected) throws InterruptedException {
        StringBuilder others = new StringBuilder();
        while (true) {
            String line = said.poll(60, java.util.concurrent.TimeUnit.SECONDS);
            if (line == null) throw new AssertionError("no worker said '" + expected + "', but:\n" + others);
            if (line.equals(expected)) return;
            others.append(line).append('\n');
        }
    }
}
