package dev.kitbridge.services;

import dev.kitbridge.server.ServiceConnector;
import dev.kitbridge.server.ServiceLimits;
import dev.kitbridge.server.link.Link;
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

/** The connections of all workers. Services start in the background: calls wait until they have been started. */
public final class ServiceConnections implements ServiceConnector {

    private static final System.Logger LOG = System.getLogger(ServiceConnections.class.getName());

    /** Bytes of the names of a service and a method. */
    private static final int MOST_NAMES = 500;

    /** Bytes of a request's context, whose headers have 16 KiB and may be escaped. */
    private static final int LARGEST_CONTEXT = 128 * 1024;

    /** Seconds before services that could not be started are tried again; twice as many each time. */
    private static final long FIRST_PAUSE = 1;

    private static final long LAST_PAUSE = 30;

    /** What became of the first attempt. */
    private final CompletableFuture<PlatformServices> first = new CompletableFuture<>();

    private final Thread loading;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Places places = new Places();
    private final AtomicInteger numbers = new AtomicInteger();
    private final ScheduledThreadPoolExecutor timer;
    private final ExecutorService pool;

    private volatile @Nullable PlatformServices services;
    private volatile boolean closed;

    /**
     * @param making makes the services, on a thread of its own; where it fails, each call does, and it is called again
     *     after a while
     */
    public ServiceConnections(Callable<PlatformServices> making) {
        this.timer = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "kitbridge-services-timer"));
        timer.setRemoveOnCancelPolicy(true);
        this.pool = Pool.make();
        this.loading = daemon(() -> load(making), "kitbridge-services");
        loading.start();
    }

    private void load(Callable<PlatformServices> making) {
        for (long pause = FIRST_PAUSE; !closed; pause = Math.min(2 * pause, LAST_PAUSE)) {
            try {
                ready(making.call());
                return;
            } catch (Throwable e) {
                if (closed) return;
                LOG.log(
                        Level.ERROR,
                        "The services could not be started, which is tried again in " + pause + " s: " + e.getMessage(),
                        first.isDone() ? null : e);
                first.completeExceptionally(e);
            }
            try {
                TimeUnit.SECONDS.sleep(pause);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private synchronized void ready(PlatformServices made) {
        // nobody else will
        if (closed) made.close();
        else services = made;
        first.complete(made);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** The services, as soon as they are there; fails if the first attempt to make them does. */
    public CompletableFuture<PlatformServices> services() {
        return first.copy();
    }

    @Override
    public boolean isReady() {
        return services != null;
    }

    /** The services; null where they could not be started yet. */
    @Nullable
    PlatformServices current() {
        return services;
    }

    /** How many calls are under way, in all workers; those that were ended count until their threads are back. */
    public int runningCalls() {
        return places.taken();
    }

    /** Serves each worker on a thread of its own. */
    @Override
    public void connect(SocketChannel worker) {
        daemon(() -> run(worker), "kitbridge-services-" + numbers.incrementAndGet())
                .start();
    }

    private void run(SocketChannel channel) {
        // what the worker sends meanwhile waits in its socket
        PlatformServices loaded = first.exceptionally(error -> null).join();
        ServiceLimits limits = loaded == null ? ServiceLimits.DEFAULT : loaded.limits();
        try (Link link = new Link(channel, Math.max(limits.argumentBytes(), LARGEST_CONTEXT) + MOST_NAMES)) {
            links.add(link);
            if (closed) return;
            new Connection(link, this).run();
        } catch (IOException e) {
            if (!closed) LOG.log(Level.WARNING, "A worker lost its services: " + e.getMessage());
        } finally {
            links.removeIf(link -> !link.isOpen());
        }
    }

    Places places() {
        return places;
    }

    void execute(Runnable task) {
        pool.execute(task);
    }

    ScheduledFuture<?> after(long nanos, Runnable task) {
        return timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        PlatformServices made;
        synchronized (this) {
            if (closed) return;
            closed = true;
            made = services;
        }
        loading.interrupt();
        for (Link link : links) link.close();
        pool.shutdownNow();
        timer.shutdownNow();
        first.completeExceptionally(new IllegalStateException("the server was closed"));
        if (made != null) made.close();
    }
}
