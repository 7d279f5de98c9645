package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Init;
import dev.kitbridge.server.StartException;
import dev.kitbridge.server.replicas.SharedCache;
import dev.kitbridge.server.replicas.SharedCacheProvider;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The second level of the page cache: an open shared cache, and the exchange with it once a second. */
public final class SharedLevel implements AutoCloseable {

    private static final long EXCHANGE_MILLIS = 1000;

    /** Until the first contact. */
    private static final long START_MILLIS = 20;

    private final SharedCache cache;
    private final Guard guard;
    private final SharedRevalidations revalidations;
    private final SharedKeys keys;
    private final ScheduledExecutorService timer;

    private SharedLevel(SharedCache cache, Guard guard, SharedRevalidations revalidations, SharedKeys keys) {
        this.cache = cache;
        this.guard = guard;
        this.revalidations = revalidations;
        this.keys = keys;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "kitbridge-page-cache");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Opens the shared cache. Does not wait for the network.
     *
     * @param version name of the app's version
     * @throws StartException if the URL is invalid, or no provider for it is on the class path
     */
    public static SharedLevel open(Init.SharedPageCache settings, String version) {
        String url = settings.url();
        int colon = url.indexOf(':');
        String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
        for (SharedCacheProvider provider : ServiceLoader.load(SharedCacheProvider.class)) {
            if (!provider.accepts(scheme)) continue;
            Guard guard = new Guard(settings.timeout(), System::nanoTime);
            SharedRevalidations revalidations = new SharedRevalidations(guard);
            try {
                SharedCache cache = provider.open(
                        new SharedCacheProvider.Options(url, settings.prefix(), replica()), revalidations);
                return open(cache, guard, revalidations, new SharedKeys(version));
            } catch (IllegalArgumentException e) {
                throw new StartException("The URL of the shared page cache is invalid: " + e.getMessage());
            }
        }
        throw new StartException("No module on the class path opens a shared page cache at a URL that begins with '"
                + scheme + ":'. For redis, add the dependency kitbridge-cache-redis; for the executable jar, set"
                + " <pageCache>redis</pageCache> in <jvm>");
    }

    private static SharedLevel open(
            SharedCache cache, Guard guard, SharedRevalidations revalidations, SharedKeys keys) {
        revalidations.attach(cache);
        SharedLevel level = new SharedLevel(cache, guard, revalidations, keys);
        level.timer.execute(level::exchange);
        return level;
    }

    /** A name for people, which is unique. */
    private static String replica() {
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "unknown";
        }
        return host + "-" + ProcessHandle.current().pid() + "-" + HexFormat.of().formatHex(random);
    }

    private void exchange() {
        revalidations.exchange().whenComplete((done, failure) -> {
            boolean starting = revalidations.known() == null && guard.isStarting();
            if (!timer.isShutdown()) {
                timer.schedule(this::exchange, starting ? START_MILLIS : EXCHANGE_MILLIS, TimeUnit.MILLISECONDS);
            }
        });
    }

    /** Returns whether the shared cache answers. */
    public boolean isAvailable() {
        return guard.isAvailable() && revalidations.known() != null;
    }

    /** Returns the replicas that revalidations are exchanged with. */
    Replicas replicas() {
        return revalidations;
    }

    /**
     * Returns the pages that the replicas share.
     *
     * @param store the first level
     * @param limit of a page in bytes
     */
    Sharing pages(Store store, int limit, LongSupplier nanos) {
        return new Sharing(cache, guard, revalidations, store, keys, limit, nanos, System::currentTimeMillis);
    }

    @Override
    public void close() {
        guard.close();
        timer.shutdownNow();
        cache.close();
    }
}
