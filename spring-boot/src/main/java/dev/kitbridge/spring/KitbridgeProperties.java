package dev.kitbridge.spring;

import dev.kitbridge.server.DevelopmentOptions;
import dev.kitbridge.server.Init;
import dev.kitbridge.server.Server;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/**
 * The properties {@code kitbridge.*}.
 *
 * @param enabled whether the application serves the app on its class path
 * @param workers number of processes that render pages; 0 for one per two cores
 * @param workerMemory memory limit of a worker; 0 for the runtime's own limit
 * @param workerTimeout after which a worker whose event loop does not respond is replaced
 * @param bodyLimit limit of a request body for the app
 * @param headersLimit limit of a response's headers
 * @param pageCache which rendered pages are kept
 * @param pageCacheSize limit of all kept pages
 * @param pageCacheStatus whether responses have {@code Cache-Status}
 * @param pageCacheUrl address of the cache that replicas share; null without one
 * @param pageCachePrefix begins the keys in that cache
 * @param pageCacheTimeout limit of the time that a request waits for that cache
 * @param cacheDirectory folder for unpacked files; null for the user's cache folder
 * @param shutdownTimeout for the requests of the workers, from the moment at which the application begins to stop
 * @param paths which requests the app answers
 * @param dev development
 */
@ConfigurationProperties("kitbridge")
public record KitbridgeProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("0") int workers,
        @DefaultValue("0B") DataSize workerMemory,
        @DefaultValue("10s") Duration workerTimeout,
        @DefaultValue("512KB") DataSize bodyLimit,
        @DefaultValue("64KB") DataSize headersLimit,
        @DefaultValue("OFF") Init.PageCache.Mode pageCache,
        @DefaultValue("64MB") DataSize pageCacheSize,
        @DefaultValue("true") boolean pageCacheStatus,
        @Nullable String pageCacheUrl,
        @DefaultValue("kitbridge") String pageCachePrefix,
        @DefaultValue("50ms") Duration pageCacheTimeout,
        @Nullable Path cacheDirectory,
        @DefaultValue("30s") Duration shutdownTimeout,
        @DefaultValue Paths paths,
        @DefaultValue Dev dev) {

    private static final Duration ONE_SECOND = Duration.ofSeconds(1);

    /** Rejects invalid values. */
    public KitbridgeProperties {
        check("workers", workers, workers >= 0, "0, for one per two cores, or more");
        check("worker-memory", workerMemory, !workerMemory.isNegative(), "0B, for the runtime's own limit, or more");
        check("worker-timeout", workerTimeout, workerTimeout.compareTo(ONE_SECOND) >= 0, "1s or more");
        check("body-limit", bodyLimit, !bodyLimit.isNegative(), "0B or more");
        boolean isHeaders = headersLimit.toBytes() >= 1 && headersLimit.toBytes() <= Init.LARGEST_HEADERS;
        String headers = "1B to " + DataSize.ofBytes(Init.LARGEST_HEADERS).toKilobytes() + "KB";
        check("headers-limit", headersLimit, isHeaders, headers);
        check("page-cache-size", pageCacheSize, pageCacheSize.toMegabytes() >= 1, "1MB or more");
        boolean isPrefix = Init.SharedPageCache.isPrefix(pageCachePrefix);
        String characters = "letters, digits, dots, colons, hyphens and underscores";
        check("page-cache-prefix", pageCachePrefix, isPrefix, characters);
        check("page-cache-timeout", pageCacheTimeout, pageCacheTimeout.toMillis() >= 1, "1ms or more");
        check("shutdown-timeout", shutdownTimeout, !shutdownTimeout.isNegative(), "0s or more");
    }

    private static void check(String name, Object value, boolean isValid, String expected) {
        if (isValid) return;
        throw new IllegalArgumentException("kitbridge." + name + " is " + value + "; expected " + expected);
    }

    /**
     * Which requests the app answers.
     *
     * @param exclude path patterns of Spring, such as {@code /legacy/**}; the app never answers these paths
     */
    public record Paths(@DefaultValue List<String> exclude) {

        /** Rejects patterns that Spring cannot read. */
        public Paths {
            for (String pattern : exclude) check(pattern);
        }

        private static void check(String pattern) {
            try {
                PathPatternParser.defaultInstance.parse(pattern);
            } catch (PatternParseException e) {
                // without the cause, for which Spring Boot's report does not name the property
                throw new IllegalArgumentException("kitbridge.paths.exclude contains '" + pattern
                        + "', which is not a path pattern such as '/legacy/**': " + e.getMessage());
            }
        }
    }

    /**
     * Development.
     *
     * @param vite scheme, host and port of the app's Vite, which renders the pages; null in production
     */
    public record Dev(@Nullable URI vite) {}

    /** Returns the options of a server whose pages Vite renders. */
    DevelopmentOptions development(URI vite, Consumer<Server.Site> connected) {
        String secret = Development.secret();
        return new DevelopmentOptions(
                vite, secret == null ? "" : secret, bodyLimit.toBytes(), (int) headersLimit.toBytes(), connected);
    }

    /** Returns the options of the server. */
    Init apply(Init defaults) {
        Init init = defaults.withMemory(workerMemory.toBytes())
                .withTimeout(workerTimeout)
                .withBodyLimit(bodyLimit.toBytes())
                .withHeadersLimit((int) headersLimit.toBytes())
                .withPageCache(new Init.PageCache(pageCache, pageCacheSize.toBytes(), pageCacheStatus, shared()));
        return workers == 0 ? init.withSharedProcessors() : init.withWorkers(workers);
    }

    private Init.@Nullable SharedPageCache shared() {
        return pageCacheUrl == null ? null : new Init.SharedPageCache(pageCacheUrl, pageCachePrefix, pageCacheTimeout);
    }
}
