package dev.kitbridge.server;

import dev.kitbridge.server.internal.Answer;
import dev.kitbridge.server.internal.Handler;
import dev.kitbridge.server.internal.assets.AssetTable;
import dev.kitbridge.server.internal.cache.PageCache;
import dev.kitbridge.server.internal.cache.Replicas;
import dev.kitbridge.server.internal.cache.SharedLevel;
import dev.kitbridge.server.internal.site.SiteManifest;
import dev.kitbridge.server.internal.workers.ViteSite;
import dev.kitbridge.server.internal.workers.ViteWorker;
import dev.kitbridge.server.internal.workers.WorkerPool;
import dev.kitbridge.server.internal.workers.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A SvelteKit app that answers requests: kit's {@code Server} for Java. It contains no HTTP server; a front converts
 * requests and responses.
 */
public final class Server implements AutoCloseable {

    /** Replaced when Vite restarts. */
    private volatile Site site;

    private final Workers workers;

    /** The chain of a request: each handler answers it, or passes it on. */
    private final List<Handler> handlers;

    /** Null if no page is kept. */
    private final @Nullable PageCache pages;

    private volatile ErrorPages errors;
    private final @Nullable ServiceConnector services;

    private Server(
            SiteManifest site,
            AssetTable assets,
            WorkerPool workers,
            Init.PageCache cache,
            @Nullable ServiceConnector services) {
        this.site = new Site(site.kit(), site.base(), site.origin());
        this.workers = workers;
        this.services = services;
        this.pages = pages(workers, cache, site.version());
        this.handlers = pages == null ? List.of(assets, workers) : List.of(assets, pages, workers);
        this.errors = new ErrorPages(site.errorPage());
    }

    private static @Nullable PageCache pages(WorkerPool workers, Init.PageCache cache, String version) {
        if (cache.mode() == Init.PageCache.Mode.OFF) return null;
        return cache.shared() == null
                ? new PageCache(workers, cache, Replicas.NONE)
                : new PageCache(workers, cache, SharedLevel.open(cache.shared(), version));
    }

    private Server(DevelopmentOptions options, @Nullable ServiceConnector services) {
        RequestContexts requests = new RequestContexts();
        this.site = new Site("", "", "");
        this.errors = new ErrorPages("%sveltekit.status% %sveltekit.error.message%");
        this.services = services;
        Map<String, String> fields = Map.of(
                "kitbridge-secret",
                options.secret(),
                "kitbridge-application",
                UUID.randomUUID().toString(),
                "kitbridge-limits",
                options.bodyLimit() + " " + options.headersLimit());
        this.workers = ViteWorker.connect(
                options.vite(),
                fields,
                services == null ? null : vite -> services.connect(vite, requests),
                requests,
                this::revalidate,
                found -> connected(found, options.connected()));
        boolean keeps = options.pageCache().mode() != Init.PageCache.Mode.OFF;
        this.pages = keeps ? new PageCache(workers, options.pageCache(), Replicas.NONE) : null;
        // Vite has the files too
        Handler files = (request, respondOptions, answer) -> false;
        this.handlers = pages == null ? List.of(files, workers) : List.of(files, pages, workers);
    }

    private void connected(ViteSite found, Consumer<Site> listener) {
        site = new Site(found.kit(), found.base(), found.origin());
        errors = new ErrorPages(found.errorPage());
        listener.accept(site);
    }

    /**
     * Opens an app whose sources the app's own Vite serves, for development. Returns at once; requests wait until Vite
     * is connected, for ten seconds at most.
     *
     * @param services closed with the server; null if the app has none
     */
    public static Server develop(DevelopmentOptions options, @Nullable ServiceConnector services) {
        Server server = new Server(options, services);
        if (services != null) services.opened(server);
        return server;
    }

    /**
     * Opens an app and starts its workers. Files are served at once; requests that need a worker wait until one is
     * ready.
     *
     * @param appDirectory the output of an adapter, with its {@code site.bin}
     * @throws IOException if the folder holds no app
     * @throws StartException if the app cannot be served at {@link Init#base}
     */
    public static Server open(Path appDirectory, Init init) throws IOException {
        return open(appDirectory, init, null);
    }

    /**
     * Opens an app that calls Java services.
     *
     * @param appDirectory the output of an adapter, with its {@code site.bin}
     * @param services closed with the server, and if the app cannot be opened; null if the app has none
     * @throws IOException if the folder holds no app
     * @throws StartException if the app cannot be served at {@link Init#base}
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
     * @throws StartException if the app cannot be served at {@link Init#base}
     */
    public static Server open(Path appDirectory, Init init, @Nullable ServiceConnector services, AppFiles files)
            throws IOException {
        Path directory = appDirectory.toAbsolutePath();
        WorkerPool workers = null;
        try {
            // workers take longest to start, so they start first
            RequestContexts requests = new RequestContexts();
            CompletableFuture<Server> opened = new CompletableFuture<>();
            workers = WorkerPool.start(
                    init,
                    directory.resolve(SiteManifest.ENTRY),
                    files,
                    services == null ? null : worker -> services.connect(worker, requests),
                    requests,
                    revalidation -> opened.thenCompose(server -> server.revalidate(revalidation)));
            SiteManifest site = BasePath.apply(SiteManifest.read(directory), init.base());
            Server server = new Server(site, AssetTable.of(site, directory), workers, init.pageCache(), services);
            opened.complete(server);
            if (services != null) services.opened(server);
            return server;
        } catch (IOException | RuntimeException e) {
            if (workers != null) workers.close("SIGTERM", Duration.ZERO);
            if (services != null) services.close();
            throw e;
        }
    }

    /**
     * Values that a front needs.
     *
     * @param kit version of SvelteKit
     * @param base where the app is served, {@code paths.base} or {@link Init#base}: empty, or a path with a leading and
     *     without a trailing slash
     * @param origin {@code paths.origin} of kit 3; empty if the front decides
     */
    public record Site(String kit, String base, String origin) {}

    /**
     * The state of the workers and the queue.
     *
     * @param readyWorkers number of workers that accept requests
     * @param restarts number of workers that were replaced since the server was opened
     * @param runningRequests number of requests that workers have
     * @param waitingRequests number of requests that wait for a worker to become ready
     */
    public record Figures(int readyWorkers, int restarts, int runningRequests, int waitingRequests) {}

    /** Returns the values of the app's configuration that a front needs. */
    public Site site() {
        return site;
    }

    /**
     * Returns a future that completes when the first worker is ready. It fails with an {@link IOException} after
     * {@link Init#startTries} failed starts; no more workers are started then.
     */
    public CompletableFuture<?> started() {
        return workers.started();
    }

    /**
     * Returns whether pages can be rendered: a worker accepts requests, and the Java services, if the app has any, are
     * started.
     */
    public boolean isReady() {
        return workers.readyWorkers() > 0 && (services == null || services.isReady());
    }

    /** Returns the current state of the workers and the queue, for monitoring. */
    public Figures figures() {
        return new Figures(
                workers.readyWorkers(), workers.restarts(), workers.runningRequests(), workers.waitingRequests());
    }

    /** Returns the current figures of the page cache, for monitoring. */
    public PageCacheFigures pageCacheFigures() {
        return pages == null ? PageCacheFigures.NONE : pages.figures();
    }

    /**
     * Makes the page cache forget pages. When the stage completes, each request gets a page whose rendering began after
     * this call. Nothing happens without a page cache.
     *
     * @return completes with the replicas that could not be told; on a thread that must not block. Never fails
     */
    public CompletionStage<Revalidation.Result> revalidate(Revalidation revalidation) {
        return pages == null
                ? CompletableFuture.completedFuture(Revalidation.Result.COMPLETE)
                : pages.revalidate(revalidation);
    }

    /**
     * Answers a request: from the asset table or the page cache, or by a worker, or with an error page. The future
     * never fails by itself, and is completed on a thread that must not block. Cancelling it, or completing it
     * otherwise, stops the rendering, and so does cancelling the body's subscription. A body that nobody subscribes to
     * has to be {@linkplain Response#discard discarded}.
     */
    public CompletableFuture<Response> respond(Request request, RespondOptions options) {
        Answer answer = new Answer(request, errors);
        answer.attempt(() -> {
            for (Handler handler : handlers) {
                if (handler.handle(request, options, answer)) return;
            }
            throw new IllegalStateException("no handler answers");
        });
        return answer;
    }

    /**
     * Returns the file, or the redirect of a prerendered page, for a request; null if a worker would have to answer.
     */
    public @Nullable Response file(Request request) {
        Answer answer = new Answer(request, errors);
        return handlers.get(0).handle(request, RespondOptions.of(""), answer) ? answer.join() : null;
    }

    /**
     * Returns the app's error page, {@code src/error.html}, for an error of the front.
     *
     * @param status HTTP status
     * @param message shown in the page; it is escaped
     */
    public Response errorPage(int status, String message) {
        return errors.page(status, message, Headers.EMPTY);
    }

    /** Closes the server as {@link #close(String, Duration)} does, within 30 seconds. */
    @Override
    public void close() {
        close("SIGTERM", Duration.ofSeconds(30));
    }

    /**
     * Shuts down the workers after they have answered their requests.
     *
     * @param reason argument of the app's {@code sveltekit:shutdown} handlers
     * @param limit for the answers; the shutdown handlers get the same time again, at least two seconds, before the
     *     workers are killed
     */
    public void close(String reason, Duration limit) {
        workers.close(reason, limit);
        if (pages != null) pages.close();
        if (services != null) services.close();
    }
}
