package dev.kitbridge.server.services;

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

/** Connects workers with services. Those may take their time to load: calls wait for them, and nothing else does. */
public final class Switchboard implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Switchboard.class.getName());

    /** Bytes of the names of a service and a method. */
    private static final int MOST_NAMES = 500;

    private final CompletableFuture<PlatformServices> services = new CompletableFuture<>();
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Places places = new Places();
    private final AtomicInteger numbers = new AtomicInteger();
    private final ScheduledThreadPoolExecutor timer;
    private final ExecutorService pool;

    private volatile boolean closed;

    /** @param loading makes the services, on a thread of its own; where it fails, each call does */
    public Switchboard(Callable<PlatformServices> loading) {
        this.timer = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "kitbridge-services-timer"));
        timer.setRemoveOnCancelPolicy(true);
        this.pool = Pool.make();
        daemon(() -> load(loading), "kitbridge-services").start();
    }

    private void load(Callable<PlatformServices> loading) {
        PlatformServices made;
        try {
            made = loading.call();
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "The services could not be started: " + e.getMessage(), e);
            services.completeExceptionally(e);
            return;
        }
        // closed meanwhile: nobody else will
        if (!services.complete(made)) made.close();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** The services, as soon as they are there. */
    public CompletableFuture<PlatformServices> services() {
        return services.copy();
    }

    /** Whether they are there; never, where they could not be started. */
    public boolean isReady() {
        return services.isDone() && !services.isCompletedExceptionally();
    }

    /** How many calls are under way, in all workers; those that were ended count until their threads are back. */
    public int runningCalls() {
        return places.taken();
    }

    /** Serves one worker, on a thread of its own, until it is gone. */
    public void serve(SocketChannel channel) {
        daemon(() -> run(channel), "kitbridge-services-" + numbers.incrementAndGet())
                .start();
    }

    private void run(SocketChannel channel) {
        // what the worker sends meanwhile waits in its socket
        PlatformServices loaded = services.exceptionally(error -> null).join();
        Limits limits = loaded == null ? Limits.DEFAULT : loaded.limits();
        try (Link link = new Link(channel, limits.argumentBytes() + MOST_NAMES)) {
            links.add(link);
            if (closed) return;
            new Connection(link, this, loaded, limits).run();
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

    /** Ends what is under way, and closes the services. */
    @Override
    public void close() {
        if (closed) return;
        closed = true;
        for (Link link : links) link.close();
        pool.shutdownNow();
        timer.shutdownNow();
        services.completeExceptionally(new IllegalStateException("the server was closed"));
        if (!services.isCompletedExceptionally()) services.join().close();
    }
}
