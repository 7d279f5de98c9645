package dev.kitbridge.servlet;

import dev.kitbridge.server.Init;
import dev.kitbridge.server.Server;
import dev.kitbridge.server.ServiceConnector;
import dev.kitbridge.server.StartException;
import dev.kitbridge.server.packed.PackedApp;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a web application: init parameters of the filter or the context, system properties or environment
 * variables. {@code kitbridge.body-limit} is {@code KITBRIDGE_BODY_LIMIT} in the environment.
 */
final class ServletSettings {

    private static final System.Logger LOG = System.getLogger(ServletSettings.class.getName());

    private static final String PREFIX = "kitbridge.";
    private static final String WORKERS = PREFIX + "workers";
    private static final String WORKER_MEMORY = PREFIX + "worker-memory";
    private static final String WORKER_TIMEOUT = PREFIX + "worker-timeout";
    private static final String BODY_LIMIT = PREFIX + "body-limit";
    private static final String HEADERS_LIMIT = PREFIX + "headers-limit";
    private static final String CACHE_DIRECTORY = PREFIX + "cache-directory";

    private static final String PAGE_CACHE = PREFIX + "page-cache";
    private static final String PAGE_CACHE_SIZE = PREFIX + "page-cache-size";
    private static final String PAGE_CACHE_STATUS = PREFIX + "page-cache-status";
    private static final String PAGE_CACHE_URL = PREFIX + "page-cache-url";
    private static final String PAGE_CACHE_PREFIX = PREFIX + "page-cache-prefix";
    private static final String PAGE_CACHE_TIMEOUT = PREFIX + "page-cache-timeout";

    private static final List<String> NAMES = List.of(
            BODY_LIMIT,
            CACHE_DIRECTORY,
            HEADERS_LIMIT,
            PAGE_CACHE,
            PAGE_CACHE_PREFIX,
            PAGE_CACHE_SIZE,
            PAGE_CACHE_STATUS,
            PAGE_CACHE_TIMEOUT,
            PAGE_CACHE_URL,
            WORKER_MEMORY,
            WORKER_TIMEOUT,
            WORKERS);

    private final Function<String, @Nullable String> values;

    ServletSettings(Function<String, @Nullable String> values) {
        this.values = values;
    }

    /** Returns the settings of a web application, and logs names of its init parameters that are no settings. */
    static ServletSettings of(FilterConfig config) {
        ServletContext context = config.getServletContext();
        List<String> given = new ArrayList<>(Collections.list(config.getInitParameterNames()));
        given.addAll(Collections.list(context.getInitParameterNames()));
        for (String name : given) {
            String problem = unknown(name);
            if (problem != null) LOG.log(Level.WARNING, problem);
        }
        return new ServletSettings(name -> {
            String value = config.getInitParameter(name);
            if (value == null) value = context.getInitParameter(name);
            if (value == null) value = System.getProperty(name);
            if (value == null)
                value = System.getenv(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"));
            return value;
        });
    }

    /** Returns a message for a parameter that has the prefix of settings and is none; null for all others. */
    static @Nullable String unknown(String name) {
        if (!name.toLowerCase(Locale.ROOT).startsWith(PREFIX) || NAMES.contains(name)) return null;
        String closest = Collections.min(NAMES, Comparator.comparingInt(known -> distance(name, known)));
        return "The init parameter " + name + " is not a setting; did you mean " + closest + "? Settings: "
                + String.join(", ", NAMES);
    }

    /** Returns the number of characters to insert, delete or replace. */
    private static int distance(String from, String to) {
        int[] row = IntStream.rangeClosed(0, to.length()).toArray();
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }

    /** Unpacks and starts the app. */
    Server open(PackedApp app, String contextPath, @Nullable ServiceConnector services) throws IOException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        String cache = values.apply(CACHE_DIRECTORY);
        if (cache != null) environment.put("CACHE_DIRECTORY", cache);
        return app.open(environment, init -> apply(init).withBase(contextPath), services);
    }

    Init apply(Init defaults) {
        Init init = defaults;
        Long workers = number(WORKERS, 1, 1000);
        init = workers == null ? init.withSharedProcessors() : init.withWorkers(workers.intValue());
        Long memory = size(WORKER_MEMORY);
        if (memory != null) init = init.withMemory(memory);
        Long timeout = number(WORKER_TIMEOUT, 1, 3600);
        if (timeout != null) init = init.withTimeout(Duration.ofSeconds(timeout));
        Long body = size(BODY_LIMIT);
        if (body != null) init = init.withBodyLimit(body);
        Long headers = size(HEADERS_LIMIT);
        if (headers != null) init = init.withHeadersLimit((int) Math.min(headers, Init.LARGEST_HEADERS));
        return init.withPageCache(pageCache());
    }

    private Init.PageCache pageCache() {
        String value = values.apply(PAGE_CACHE);
        Long given = size(PAGE_CACHE_SIZE);
        long size = given == null ? 64 << 20 : given;
        if (size < 1 << 20) throw new StartException(PAGE_CACHE_SIZE + " is '" + size + "'; expected at least 1M");
        for (Init.PageCache.Mode mode : Init.PageCache.Mode.values()) {
            if (mode.name().equalsIgnoreCase(value == null ? "off" : value.strip())) {
                return new Init.PageCache(mode, size, cacheStatus(), shared());
            }
        }
        throw new StartException(PAGE_CACHE + " is '" + value + "'; expected declared, on or off");
    }

    private boolean cacheStatus() {
        String value = values.apply(PAGE_CACHE_STATUS);
        if (value == null || value.strip().equalsIgnoreCase("on")) return true;
        if (value.strip().equalsIgnoreCase("off")) return false;
        throw new StartException(PAGE_CACHE_STATUS + " is '" + value + "'; expected on or off");
    }

    private Init.@Nullable SharedPageCache shared() {
        String prefix = values.apply(PAGE_CACHE_PREFIX);
        Long timeout = number(PAGE_CACHE_TIMEOUT, 1, 10_000);
        if (prefix != null && !Init.SharedPageCache.isPrefix(prefix)) {
            throw new StartException(PAGE_CACHE_PREFIX + " is '" + prefix
                    + "'; expected letters, digits, dots, colons, hyphens and underscores");
        }
        String url = values.apply(PAGE_CACHE_URL);
        if (url == null) return null;
        Init.SharedPageCache usual = Init.SharedPageCache.of(url.strip());
        return new Init.SharedPageCache(
                usual.url(),
                prefix == null ? usual.prefix() : prefix,
                timeout == null ? usual.timeout() : Duration.ofMillis(timeout));
    }

    private @Nullable Long number(String name, long least, long most) {
        String value = values.apply(name);
        if (value == null) return null;
        try {
            long number = Long.parseLong(value.strip());
            if (number >= least && number <= most) return number;
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new StartException(name + " is '" + value + "'; expected a number from " + least + " to " + most);
    }

    /** Reads bytes with an optional unit: {@code 512K}, {@code 8M}, {@code 1G}. */
    private @Nullable Long size(String name) {
        String value = values.apply(name);
        if (value == null) return null;
        String text = value.strip().toUpperCase(Locale.ROOT);
        int shift = text.endsWith("K") ? 10 : text.endsWith("M") ? 20 : text.endsWith("G") ? 30 : 0;
        String digits = shift == 0 ? text : text.substring(0, text.length() - 1);
        if (digits.matches("\\d{1,12}")) return Long.parseLong(digits) << shift;
        throw new StartException(name + " is '" + value + "'; expected bytes, such as 524288, 512K or 8M");
    }
}
