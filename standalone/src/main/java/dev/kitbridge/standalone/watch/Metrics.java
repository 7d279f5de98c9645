package dev.kitbridge.standalone.watch;

import dev.kitbridge.server.Server;
import dev.kitbridge.standalone.front.Cut;
import dev.kitbridge.standalone.front.Front;
import dev.kitbridge.standalone.front.Observed;
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

/** Figures for Prometheus. Loaded only where somebody wants them. */
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
     * Begins to count.
     *
     * @param server whose workers are counted
     * @param configured how many there are to be
     * @param front has the connections
     */
    public Metrics(Server server, int configured, Front front) {
        Gauge.builder("kitbridge.workers", () -> configured)
                .description("Workers that there are to be")
                .register(registry);
        Gauge.builder("kitbridge.workers.ready", server, app -> app.figures().readyWorkers())
                .description("Workers that take requests")
                .register(registry);
        Gauge.builder("kitbridge.queue.requests", server, app -> app.figures().waitingRequests())
                .description("Requests that wait for a worker")
                .register(registry);
        FunctionCounter.builder("kitbridge.worker.restarts", server, app -> app.figures()
                        .restarts())
                .description("Workers that had to be replaced")
                .register(registry);
        Gauge.builder("kitbridge.connections", front, Front::openConnections)
                .description("Open connections")
                .register(registry);
        Gauge.builder("kitbridge.buffered.bytes", front, Front::bufferedBytes)
                .description("Bytes that wait in memory for slow clients or for the app")
                .register(registry);
        for (Cut cut : Cut.values()) {
            FunctionCounter.builder("kitbridge.cut", cut, Cut::count)
                    .description("Clients that were disconnected, or a stream of theirs reset")
                    .tag("reason", cut.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    @Override
    public void log(Request request, Response response) {
        long nanos = System.nanoTime() - request.getBeginNanoTime();
        String status = String.valueOf(Observed.status(request, response.getStatus()));
        String source = Observed.source(request);
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

    /** In Prometheus' text format. */
    public String text() {
        return registry.scrape();
    }
}
