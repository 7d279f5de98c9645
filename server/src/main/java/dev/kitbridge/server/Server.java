package dev.kitbridge.server;

import dev.kitbridge.server.assets.AssetTable;
import dev.kitbridge.server.site.SiteManifest;
import dev.kitbridge.server.workers.Unavailable;
import dev.kitbridge.server.workers.WorkerPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A SvelteKit app that answers requests: kit's {@code Server} for Java. It knows no HTTP server; a front converts
 * requests and responses.
 */
public final class Server implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Server.class.getName());

    private final SiteManifest site;
    private final AssetTable assets;
    private final WorkerPool workers;
    private final @Nullable ServiceConnector services;

    private Server(SiteManifest site, AssetTable assets, WorkerPool workers, @Nullable ServiceConnector services) {
        this.services = services;
        this.site = site;
        this.assets = assets;
        this.workers = workers;
    }

    /**
     * Opens an app and starts its workers. Files are served at once; requests that need a worker wait until one is
     * ready.
     *
     * @param appDirectory what an adapter wrote, with its {@code site.bin}
     * @throws IOException if the folder holds no app
     */
    public static Server open(Path appDirectory, Init init) throws IOException {
        return open(appDirectory, init, null);
    }

    /**
     * Opens an app that calls Java services.
     *
     * @param appDirectory what an adapter wrote, with its {@code site.bin}
     * @param services closed with the server, and if the app cannot be opened; null: the app has none
     * @throws IOException if the folder holds no app
     */
    public static Server open(Path appDirectory, Init init, @Nullable ServiceConnector services) throws IOException {
        return open(appDirectory, init, services, AppFiles.FIXED);
    }

    /**
     * Opens an app whose files may disappear while it runs.
     *
     * @param services as above
     * @param files checked before each start of a worker
     * @throws IOException if the folder holds no app
     */
    public static Server open(Path appDirectory, Init init, @Nullable ServiceConnector services, AppFiles files)
            throws IOException {
        Path directory = appDirectory.toAbsolutePath();
        WorkerPool workers = null;
        try {
            // workers take longest to start, so they begin
            workers = WorkerPool.start(
                    init, directory.resolve(SiteManifest.ENTRY), files, services == null ? null : services::connect);
            SiteManifest site = SiteManifest.read(directory);
            return new Server(site, AssetTable.of(site, directory), workers, services);
        } catch (IOException | RuntimeException e) {
            if (workers != null) workers.close("SIGTERM", Duration.ZERO);
            if (services != null) services.close();
            throw e;
        }
    }

    /** What the app's build says of it. */
    public SiteManifest site() {
        return site;
    }

    /**
     * Whether pages can be rendered: a worker takes requests, and the Java services, if there are any, have been
     * started.
     */
    public boolean isReady() {
        return workers.readyWorkers() > 0 && (services == null || services.isReady());
    }

    /** The workers, for those who watch them. */
    public WorkerPool workers() {
        return workers;
    }

    /**
     * Answers a request: from the asset table, else by a worker, else with an honest error. Never fails; completed on a
     * thread that must not be held up. Cancelling it, or completing it otherwise, ends the rendering, and so does
     * cancelling the body's subscription; a body that nobody subscribes to is to be {@linkplain Response#discard
     * discarded}.
     */
    public CompletableFuture<Response> respond(Request request, RespondOptions options) {
        Response asset;
        try {
            asset = assets.respond(request);
        } catch (UncheckedIOException e) {
            return CompletableFuture.completedFuture(failure(request, e));
        }
        if (asset != null) return CompletableFuture.completedFuture(asset);
        CompletableFuture<Response> rendered = workers.respond(request, options);
        CompletableFuture<Response> answer = new CompletableFuture<>();
        rendered.whenComplete((response, error) -> {
            if (rendered.isCancelled()) return;
            try {
                Response found = error == null ? rendered(request, response) : failure(request, error);
                // cancelled meanwhile
                if (!answer.complete(found)) found.discard();
            } catch (RuntimeException e) {
                // the future that whenComplete returns would keep it
                answer.complete(failure(request, e));
            }
        });
        answer.whenComplete((response, error) -> {
            if (error != null) rendered.cancel(false);
        });
        return answer;
    }

    /** An answer to HEAD has a body within the app, but not outside. */
    private static Response rendered(Request request, Response response) {
        if (!request.method().equals("HEAD")) return response;
        response.discard();
        return new Response(response.status(), response.headers(), Body.EMPTY, response.source());
    }

    private Response failure(Request request, Throwable error) {
        if (error instanceof Unavailable) {
            LOG.log(Level.DEBUG, () -> "503 for " + request.target() + ": " + error.getMessage());
            return page(503, "Service Unavailable", Headers.of("retry-after", "1"));
        }
        if (error instanceof UncheckedIOException) {
            LOG.log(Level.ERROR, "500 for " + request.method() + " " + request.target() + ": " + error.getMessage());
            return page(500, "Internal Error", Headers.EMPTY);
        }
        if (error instanceof RuntimeException) {
            LOG.log(Level.ERROR, "500 for " + request.method() + " " + request.target(), error);
            return page(500, "Internal Error", Headers.EMPTY);
        }
        LOG.log(Level.WARNING, "502 for " + request.method() + " " + request.target() + ": " + error.getMessage());
        return page(502, "Bad Gateway", Headers.EMPTY);
    }

    private Response page(int status, String message, Headers more) {
        byte[] html = site.errorPage()
                .replace("%sveltekit.status%", String.valueOf(status))
                .replace("%sveltekit.error.message%", message)
                .getBytes(StandardCharsets.UTF_8);
        Headers headers = more.toBuilder()
                .add("content-type", "text/html; charset=utf-8")
                .add("content-length", String.valueOf(html.length))
                .add("cache-control", "no-store")
                .build();
        return new Response(status, headers, new Body.Bytes(ByteBuffer.wrap(html)), Response.Source.SERVER);
    }

    /** {@link #close(String, Duration)} within 30 seconds. */
    @Override
    public void close() {
        close("SIGTERM", Duration.ofSeconds(30));
    }

    /**
     * Ends the workers, after what they are answering.
     *
     * @param reason what the app's {@code sveltekit:shutdown} handlers are called with
     * @param limit for the answers; the apps get it again, at least two seconds, and are killed after that
     */
    public void close(String reason, Duration limit) {
        workers.close(reason, limit);
        if (services != null) services.close();
    }
}
