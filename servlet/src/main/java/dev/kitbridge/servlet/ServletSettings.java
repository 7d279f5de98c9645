package dev.kitbridge.servlet;

import dev.kitbridge.server.Init;
import dev.kitbridge.server.Server;
import dev.kitbridge.server.ServiceConnector;
import dev.kitbridge.server.StartException;
import dev.kitbridge.server.packed.PackedApp;
import jakarta.servlet.FilterConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a web application: init parameters of the filter or the context, system properties or environment
 * variables. {@code kitbridge.body-limit} is {@code KITBRIDGE_BODY_LIMIT} in the environment.
 */
final class ServletSettings {

    private final Function<String, @Nullable String> values;

    ServletSettings(Function<String, @Nullable String> values) {
        this.values = values;
    }

    static ServletSettings of(FilterConfig config) {
        return new ServletSettings(name -> {
            String value = config.getInitParameter(name);
            if (value == null) value = config.getServletContext().getInitParameter(name);
            if (value == null) value = System.getProperty(name);
            if (value == null)
                value = System.getenv(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"));
            return value;
        });
    }

    /** Unpacks and starts the app. */
    Server open(PackedApp app, @Nullable ServiceConnector services) throws IOException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        String cache = values.apply("kitbridge.cache-directory");
        if (cache != null) environment.put("CACHE_DIRECTORY", cache);
        return app.open(environment, this::apply, services);
    }

    Init apply(Init defaults) {
        Init init = defaults;
        Long workers = number("kitbridge.workers", 1, 1000);
        if (workers != null) init = init.withWorkers(workers.intValue());
        Long memory = size("kitbridge.worker-memory");
        if (memory != null) init = init.withMemory(memory);
        Long timeout = number("kitbridge.worker-timeout", 1, 3600);
        if (timeout != null) init = init.withTimeout(Duration.ofSeconds(timeout));
        Long body = size("kitbridge.body-limit");
        if (body != null) init = init.withBodyLimit(body);
        Long headers = size("kitbridge.headers-limit");
        if (headers != null) init = init.withHeadersLimit((int) Math.min(headers, Init.LARGEST_HEADERS));
        return init;
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
