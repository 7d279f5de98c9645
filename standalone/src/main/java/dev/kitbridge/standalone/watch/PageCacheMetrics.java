package dev.kitbridge.standalone.watch;

import dev.kitbridge.server.PageCacheFigures;
import dev.kitbridge.server.Server;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The metrics of the page cache.
 *
 * @param server whose page cache is measured
 * @param registry receives the metrics
 */
record PageCacheMetrics(Server server, MeterRegistry registry) {

    void register() {
        requests("hit", PageCacheFigures::hits);
        requests("stale", PageCacheFigures::stale);
        requests("shared", PageCacheFigures::shared);
        requests("miss", PageCacheFigures::misses);
        requests("collapsed", PageCacheFigures::collapsed);
        count("stored", "Pages that were kept", PageCacheFigures::stored);
        count("evictions", "Pages that were removed because the memory was full", PageCacheFigures::evictions);
        count("revalidations", "Revalidations of kept pages", PageCacheFigures::revalidations);
        count("failures", "Pages that could not be kept because of a failure", PageCacheFigures::failures);
        gauge("entries", "Kept pages", PageCacheFigures::entries);
        gauge("bytes", "Memory of kept pages", PageCacheFigures::bytes);
    }

    private void requests(String state, ToLongFunction<PageCacheFigures> figure) {
        FunctionCounter.builder("kitbridge.page.cache.requests", server, value(figure))
                .description("Requests that the page cache answered, or had rendered")
                .tag("state", state)
                .register(registry);
    }

    private void count(String name, String description, ToLongFunction<PageCacheFigures> figure) {
        FunctionCounter.builder("kitbridge.page.cache." + name, server, value(figure))
                .description(description)
                .register(registry);
    }

    private void gauge(String name, String description, ToLongFunction<PageCacheFigures> figure) {
        Gauge.builder("kitbridge.page.cache." + name, server, value(figure))
                .description(description)
                .register(registry);
    }

    private static ToDoubleFunction<Server> value(ToLongFunction<PageCacheFigures> figure) {
        return app -> figure.applyAsLong(app.pageCacheFigures());
    }
}
