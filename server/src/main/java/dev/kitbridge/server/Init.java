package dev.kitbridge.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a server runs its workers. Begin with {@link #of} and change what differs.
 *
 * @param runtime which JavaScript runtime the command is
 * @param command the JavaScript runtime with its flags; the entry's path follows
 * @param environment the workers' environment, {@code env} of kit's {@code server.init}
 * @param workers number of workers, at least one
 * @param timeout after which a worker whose event loop does not respond is replaced; its start may take six times as
 *     long
 * @param memory a worker's memory limit in bytes, shortly before which it is replaced; 0 for the runtime's own limit.
 *     Node's heap is limited to three quarters of it
 * @param bodyLimit limit of a request body in bytes; for a larger one the app gets kit's error with status 413
 * @param headersLimit limit of a response's status and headers in bytes, at most {@link #LARGEST_HEADERS}; a larger
 *     head is logged and answered with 500
 * @param waiting limit of requests that wait for a worker to become ready
 * @param startTries number of failed starts, before the first worker is ready, after which {@link Server#started}
 *     fails; 0 for no limit
 * @param base path that the front serves: empty, or a path with a leading and without a trailing slash. An app that was
 *     built without {@code paths.base} is served at this path; another one if its own path is this one, or below it
 * @param pageCache which rendered pages are kept and served without a worker
 * @param output receives each line that a worker writes
 */
public record Init(
        JavaScript runtime,
        List<String> command,
        Map<String, String> environment,
        int workers,
        Duration timeout,
        long memory,
        long bodyLimit,
        int headersLimit,
        int waiting,
        int startTries,
        String base,
        PageCache pageCache,
        Output output) {

    /** Upper bound of {@code headersLimit}: a frame of the link has room for the head and the first bytes of a body. */
    public static final int LARGEST_HEADERS = 256 * 1024;

    /** JavaScript runtimes. */
    public enum JavaScript {
        /** Node.js. */
        NODE,
        /** Bun. */
        BUN
    }

    /**
     * The page cache.
     *
     * @param mode which pages are kept
     * @param size limit of all kept pages in bytes
     * @param cacheStatus whether responses have the field {@code Cache-Status}, which tells how the page cache answered
     * @param shared a second level that replicas share; null for none
     */
    public record PageCache(Mode mode, long size, boolean cacheStatus, @Nullable SharedPageCache shared) {

        /** No page is kept. */
        public static final PageCache OFF = new PageCache(Mode.OFF, 0);

        /** Which pages are kept. */
        public enum Mode {
            /** None. */
            OFF,
            /** Pages of routes whose configuration has a rule: {@code config.cache} or {@code config.isr}. */
            DECLARED,
            /** These, and pages whose headers allow shared caches to keep them. */
            ON
        }

        /** Creates settings with {@code Cache-Status}, in memory only. */
        public PageCache(Mode mode, long size) {
            this(mode, size, true);
        }

        /** Creates settings of a page cache in memory only. */
        public PageCache(Mode mode, long size, boolean cacheStatus) {
            this(mode, size, cacheStatus, null);
        }

        /** Rejects a size that has no room for a page. */
        public PageCache {
            if (mode != Mode.OFF && size < 1024 * 1024) {
                throw new IllegalArgumentException("size is " + size + "; expected at least 1048576 bytes");
            }
        }
    }

    /**
     * The second level of the page cache. A {@link dev.kitbridge.server.replicas.SharedCacheProvider} on the class path
     * opens it.
     *
     * @param url with a scheme that a provider accepts: {@code redis://localhost}
     * @param prefix begins the name of each key; different for each app in the same store
     * @param timeout limit of the time that a request waits for the store
     */
    public record SharedPageCache(String url, String prefix, Duration timeout) {

        /** Rejects a timeout that is not positive. */
        public SharedPageCache {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("timeout is " + timeout + "; expected more than zero");
            }
        }

        /** Returns a second level with the prefix {@code kitbridge} and a timeout of 50 ms. */
        public static SharedPageCache of(String url) {
            return new SharedPageCache(url, "kitbridge", Duration.ofMillis(50));
        }

        /**
         * Returns whether a text can begin the names of keys: letters, digits, dots, colons, hyphens and underscores.
         */
        public static boolean isPrefix(String text) {
            return text.matches("[A-Za-z0-9_.:-]+");
        }

        /** Returns no password. */
        @Override
        public String toString() {
            return "SharedPageCache[prefix=" + prefix + ", timeout=" + timeout + "]";
        }
    }

    /** Receives a line that a worker wrote, on any thread. */
    @FunctionalInterface
    public interface Output {
        /** @param error whether it came from the worker's standard error */
        void line(int worker, String line, boolean error);
    }

    /** Rejects invalid values. */
    public Init {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        if (workers < 1) throw new IllegalArgumentException("workers is " + workers + "; expected at least 1");
        if (headersLimit < 1 || headersLimit > LARGEST_HEADERS) {
            throw new IllegalArgumentException(
                    "headersLimit is " + headersLimit + "; expected 1 to " + LARGEST_HEADERS + " bytes");
        }
    }

    /**
     * Returns the defaults: one worker per core, this process's environment, output to the log.
     *
     * @param program path or name of the runtime: a program whose name begins with {@code bun} is Bun, any other Node
     */
    public static Init of(Path program) {
        System.Logger log = System.getLogger("dev.kitbridge.worker");
        return new Init(
                String.valueOf(program.getFileName()).startsWith("bun") ? JavaScript.BUN : JavaScript.NODE,
                List.of(program.toString()),
                System.getenv(),
                Runtime.getRuntime().availableProcessors(),
                Duration.ofSeconds(10),
                0,
                512 * 1024,
                64 * 1024,
                1000,
                0,
                "",
                PageCache.OFF,
                (worker, line, error) -> log.log(
                        error ? System.Logger.Level.WARNING : System.Logger.Level.INFO,
                        "worker " + worker + ": " + line));
    }

    /** Returns a copy with another number of workers. */
    public Init withWorkers(int count) {
        return with(values -> values.workers = count);
    }

    /**
     * Returns a copy with a worker for every second processor, at least one: the others are for the application that
     * embeds the server.
     */
    public Init withSharedProcessors() {
        return withWorkers(sharedWorkers(Runtime.getRuntime().availableProcessors()));
    }

    static int sharedWorkers(int processors) {
        return (processors + 1) / 2;
    }

    /** Returns a copy with another timeout. */
    public Init withTimeout(Duration limit) {
        return with(values -> values.timeout = limit);
    }

    /** Returns a copy with another memory limit. */
    public Init withMemory(long bytes) {
        return with(values -> values.memory = bytes);
    }

    /** Returns a copy with another limit of request bodies. */
    public Init withBodyLimit(long bytes) {
        return with(values -> values.bodyLimit = bytes);
    }

    /** Returns a copy with another limit of waiting requests. */
    public Init withWaiting(int requests) {
        return with(values -> values.waiting = requests);
    }

    /** Returns a copy with another limit of a response's headers. */
    public Init withHeadersLimit(int bytes) {
        return with(values -> values.headersLimit = bytes);
    }

    /** Returns a copy with another number of failed starts. */
    public Init withStartTries(int count) {
        return with(values -> values.startTries = count);
    }

    /** Returns a copy with another base path. */
    public Init withBase(String path) {
        return with(values -> values.base = path);
    }

    /** Returns a copy with another page cache. */
    public Init withPageCache(PageCache cache) {
        return with(values -> values.pageCache = cache);
    }

    private Init with(Consumer<Values> change) {
        Values values = new Values(this);
        change.accept(values);
        return values.init();
    }

    /** The components of a copy, before the copy is checked. */
    private static final class Values {
        private JavaScript runtime;
        private List<String> command;
        private Map<String, String> environment;
        private int workers;
        private Duration timeout;
        private long memory;
        private long bodyLimit;
        private int headersLimit;
        private int waiting;
        private int startTries;
        private String base;
        private PageCache pageCache;
        private Output output;

        Values(Init of) {
            runtime = of.runtime;
            command = of.command;
            environment = of.environment;
            workers = of.workers;
            timeout = of.timeout;
            memory = of.memory;
            bodyLimit = of.bodyLimit;
            headersLimit = of.headersLimit;
            waiting = of.waiting;
            startTries = of.startTries;
            base = of.base;
            pageCache = of.pageCache;
            output = of.output;
        }

        Init init() {
            return new Init(
                    runtime,
                    command,
                    environment,
                    workers,
                    timeout,
                    memory,
                    bodyLimit,
                    headersLimit,
                    waiting,
                    startTries,
                    base,
                    pageCache,
                    output);
        }
    }
}
