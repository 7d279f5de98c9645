package dev.kitbridge.standalone.watch;

import dev.kitbridge.server.Server;
import dev.kitbridge.standalone.front.DisconnectReason;
import dev.kitbridge.standalone.front.Front;
import dev.kitbridge.standalone.front.LogDetails;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;

/** Metrics for Prometheus. Loaded only if {@code MANAGEMENT_PORT} is set. */
public final class Metrics implements RequestLog {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<String, Timer> requests = new ConcurrentHashMap<>();

    /**
     * Registers the metrics.
     *
     * @param server whose workers are counted
     * @param configured the configured number of workers
     * @param front the HTTP server
     */
    public Metrics(Server server, int configured, Front front) {
        Gauge.builder("kitbridge.workers", () -> configured)
                .description("Configured workers")
                .register(registry);
        Gauge.builder("kitbridge.workers.ready", server, app -> app.figures().readyWorkers())
                .description("Workers that accept requests")
                .register(registry);
        Gauge.builder("kitbridge.queue.requests", server, app -> app.figures().waitingRequests())
                .description("Requests that wait for a worker")
                .register(registry);
        FunctionCounter.builder("kitbridge.worker.restarts", server, app -> app.figures()
                        .restarts())
                .description("Replaced workers")
                .register(registry);
        Gauge.builder("kitbridge.connections", front, Front::openConnections)
                .description("Open connections")
                .register(registry);
        Gauge.builder("kitbridge.buffered.bytes", front, Front::bufferedBytes)
                .description("Bytes that are buffered for slow clients or for the app")
                .register(registry);
        for (DisconnectReason reason : DisconnectReason.values()) {
            FunctionCounter.builder("kitbridge.cut", reason, DisconnectReason::count)
                    .description("Disconnected clients and reset streams")
                    .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        new PageCacheMetrics(server, registry).register();
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    @Override
    public void log(Request request, Response response) {
        long nanos = System.nanoTime() - request.getBeginNanoTime();
        String status = String.valueOf(LogDetails.status(request, response.getStatus()));
        String source = LogDetails.source(request);
        requests.computeIfAbsent(source + status, key -> timer(source, status)).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(String source, String status) {
        return Timer.builder("kitbridge.requests")
                .description("Requests that were answered, from their first byte to the answer's last")
                .tag("source", source)
                .tag("status", status)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** Returns the metrics in Prometheus' text format. */
    public String text() {
        return registry.scrape();
    }
}
