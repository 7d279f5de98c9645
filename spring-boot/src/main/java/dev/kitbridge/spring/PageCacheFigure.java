package dev.kitbridge.spring;

import dev.kitbridge.server.PageCacheFigures;
import dev.kitbridge.server.Server;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToLongFunction;

/** The metrics of the page cache that the executable jar has too. */
enum PageCacheFigure {
    HITS("requests", "hit", PageCacheFigures::hits),
    STALE("requests", "stale", PageCacheFigures::stale),
    SHARED("requests", "shared", PageCacheFigures::shared),
    MISSES("requests", "miss", PageCacheFigures::misses),
    COLLAPSED("requests", "collapsed", PageCacheFigures::collapsed),
    STORED("stored", "", PageCacheFigures::stored),
    EVICTIONS("evictions", "", PageCacheFigures::evictions),
    REVALIDATIONS("revalidations", "", PageCacheFigures::revalidations),
    FAILURES("failures", "", PageCacheFigures::failures),
    ENTRIES("entries", "", PageCacheFigures::entries),
    BYTES("bytes", "", PageCacheFigures::bytes);

    private final String name;
    private final String state;
    private final ToLongFunction<PageCacheFigures> figure;

    PageCacheFigure(String name, String state, ToLongFunction<PageCacheFigures> figure) {
        this.name = "kitbridge.page.cache." + name;
        this.state = state;
        this.figure = figure;
    }

    void register(SvelteKitApp app, MeterRegistry registry) {
        if (this == ENTRIES || this == BYTES) {
            Gauge.builder(name, app, this::value).register(registry);
            return;
        }
        FunctionCounter.Builder<SvelteKitApp> counter = FunctionCounter.builder(name, app, this::value);
        (state.isEmpty() ? counter : counter.tag("state", state)).register(registry);
    }

    private double value(SvelteKitApp app) {
        Server server = app.current();
        return server == null ? 0 : figure.applyAsLong(server.pageCacheFigures());
    }
}
