package dev.kitbridge.services;

import dev.kitbridge.platform.PageCache;
import dev.kitbridge.server.RequestContexts;
import dev.kitbridge.server.Server;
import dev.kitbridge.server.ServiceConnector;
import dev.kitbridge.server.ServiceLimits;
import dev.kitbridge.server.internal.link.Link;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The connections of all workers. Starts the services in the background; calls wait until they are started. */
public final class ServiceConnections implements ServiceConnector {

    private static final System.Logger LOG = System.getLogger(ServiceConnections.class.getName());

    /** Limit of the names of a service and a method, in bytes. */
    private static final int MAX_NAMES = 500;

    /** Limit of a request's context, in bytes: JSON escapes enlarge its headers, which have up to 16 KiB. */
    private static final int MAX_CONTEXT = 128 * 1024;

    /** Seconds before the first retry of a failed start; each further delay is twice as long, up to the maximum. */
    private static final long FIRST_DELAY = 1;

    private static final long MAX_DELAY = 30;

    /** The result of the first start. */
    private final CompletableFuture<PlatformServices> first = new CompletableFuture<>();

    private final Thread loading;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Permits permits = new Permits();
    private final ServerPageCache pageCache = new ServerPageCache();
    private final PageCacheClients pageCaches = new PageCacheClients();
    private final AtomicInteger numbers = new AtomicInteger();
    private final ScheduledThreadPoolExecutor timer;
    private final ExecutorService pool;

    private volatile @Nullable PlatformServices services;
    private volatile boolean closed;

    /**
     * Starts the services on a thread of its own. If that fails, calls fail too, and the start is retried with a
     * growing delay.
     *
     * @param start creates the services
     */
    public ServiceConnections(Callable<PlatformServices> start) {
        this(start, CallThreads.newPool());
    }

    /**
     * Starts the services as {@link #ServiceConnections(Callable)} does.
     *
     * @param threads run the calls, and are shut down with this object; they must not limit the number of calls
     */
    public ServiceConnections(Callable<PlatformServices> start, ExecutorService threads) {
        this.timer = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "kitbridge-services-timer"));
        timer.setRemoveOnCancelPolicy(true);
        this.pool = threads;
        this.loading = daemon(() -> load(start), "kitbridge-services");
        loading.start();
    }

    private void load(Callable<PlatformServices> start) {
        for (long delay = FIRST_DELAY; !closed; delay = Math.min(2 * delay, MAX_DELAY)) {
            try {
                ready(pageCache.call(start));
                return;
            } catch (Throwable e) {
                if (closed) return;
                LOG.log(
                        Level.ERROR,
                        "The services could not be started; next attempt in " + delay + " s: " + e.getMessage(),
                        first.isDone() ? null : e);
                first.completeExceptionally(e);
            }
            try {
                TimeUnit.SECONDS.sleep(delay);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private synchronized void ready(PlatformServices started) {
        // close() has run before these services were known
        if (closed) started.close();
        else services = started;
        first.complete(started);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Returns a future of the services. It fails if their first start fails. */
    public CompletableFuture<PlatformServices> services() {
        return first.copy();
    }

    @Override
    public boolean isReady() {
        return services != null;
    }

    /** Returns the page cache of the server: {@link PageCache#current} for the services. */
    public PageCache pageCache() {
        return pageCache;
    }

    /** Lets services revalidate pages of the server. */
    @Override
    public void opened(Server server) {
        pageCache.open(server::revalidate);
    }

    /** Lets services revalidate pages of the clients: no server in this process keeps pages. */
    public void openedWithoutServer() {
        pageCache.open(pageCaches::revalidate);
    }

    /** Returns the clients that have a page cache. */
    PageCacheClients pageCaches() {
        return pageCaches;
    }

    /** Returns the services, or null if they are not started yet. */
    @Nullable
    PlatformServices current() {
        return services;
    }

    /** Returns the number of running calls of all workers. A call that timed out counts until its code returns. */
    public int runningCalls() {
        return permits.total();
    }

    /** Serves the worker on a thread of its own. */
    @Override
    public void connect(SocketChannel worker, RequestContexts requests) {
        daemon(() -> run(worker, requests), "kitbridge-services-" + numbers.incrementAndGet())
                .start();
    }

    private void run(SocketChannel channel, RequestContexts requests) {
        // until then, the frames of the worker stay in the buffer of the socket
        PlatformServices loaded = first.exceptionally(error -> null).join();
        ServiceLimits limits = loaded == null ? ServiceLimits.DEFAULT : loaded.limits();
        try (Link link = new Link(channel, Math.max(limits.argumentBytes(), MAX_CONTEXT) + MAX_NAMES)) {
            links.add(link);
            if (closed) return;
            new Connection(link, this, requests).run();
        } catch (IOException e) {
            if (!closed)
                LOG.log(Level.WARNING, "The connection of a worker to its services was closed: " + e.getMessage());
        } finally {
            links.removeIf(link -> !link.isOpen());
        }
    }

    Permits permits() {
        return permits;
    }

    void execute(Runnable task) {
        pool.execute(task);
    }

    ScheduledFuture<?> schedule(Runnable task, long nanos) {
        return timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        PlatformServices started;
        synchronized (this) {
            if (closed) return;
            closed = true;
            started = services;
        }
        pageCache.close();
        loading.interrupt();
        for (Link link : links) link.close();
        pool.shutdownNow();
        timer.shutdownNow();
        first.completeExceptionally(new IllegalStateException("the server was closed"));
        if (started != null) started.close();
    }
}
