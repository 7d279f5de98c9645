package dev.kitbridge.server.internal.workers;

import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.RequestContexts;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.Revalidation;
import dev.kitbridge.server.internal.Answer;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Vite's process as the only worker, for development and previews. It is started by others, and may restart: requests
 * wait meanwhile, and this class connects again.
 */
public final class ViteWorker implements Workers {

    /** Delay between attempts to connect, in milliseconds. */
    static final long RETRY_MILLIS = 100;

    /** Limit of the time for which a request waits for Vite, in milliseconds. */
    static final long PATIENCE_MILLIS = 10_000;

    private static final System.Logger LOG = System.getLogger(ViteWorker.class.getName());

    private final URI vite;
    private final WorkerProcess.Starter starter;
    private final RequestContexts requests;
    private final Function<Revalidation, CompletionStage<Revalidation.Result>> revalidation;
    private final Time time;
    private final Queue<PendingRequest> waiting = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<@Nullable Void> started = new CompletableFuture<>();

    private volatile @Nullable Worker current;
    private volatile boolean ready;
    private volatile boolean closed;

    /** Why there is no connection; null if there is one, or none was tried yet. */
    private volatile @Nullable String problem;

    private final AtomicInteger connections = new AtomicInteger();

    /**
     * Connects in the background.
     *
     * @param vite scheme, host and port
     * @param fields headers of the request that opens the connection
     * @param services receives the connection for service calls; null if there are no services
     * @param requests contains the contexts of the requests that Vite has
     * @param revalidation makes the page cache forget pages
     * @param connected receives the values of the app on each connection
     */
    public static ViteWorker connect(
            URI vite,
            Map<String, String> fields,
            @Nullable Consumer<SocketChannel> services,
            RequestContexts requests,
            Function<Revalidation, CompletionStage<Revalidation.Result>> revalidation,
            Consumer<ViteSite> connected) {
        return start(
                vite, n -> new ViteConnection(vite, fields, services, connected), requests, revalidation, Time.real());
    }

    static ViteWorker start(
            URI vite,
            WorkerProcess.Starter starter,
            RequestContexts requests,
            Function<Revalidation, CompletionStage<Revalidation.Result>> revalidation,
            Time time) {
        ViteWorker worker = new ViteWorker(vite, starter, requests, revalidation, time);
        worker.connect();
        return worker;
    }

    private ViteWorker(
            URI vite,
            WorkerProcess.Starter starter,
            RequestContexts requests,
            Function<Revalidation, CompletionStage<Revalidation.Result>> revalidation,
            Time time) {
        this.vite = vite;
        this.starter = starter;
        this.requests = requests;
        this.revalidation = revalidation;
        this.time = time;
    }

    private synchronized void connect() {
        if (closed) return;
        Worker next = new Worker(connections.get() + 1, starter, new Listener());
        current = next;
        next.start();
    }

    private final class Listener implements Worker.Listener {

        @Override
        public void ready(Worker worker) {
            connections.incrementAndGet();
            problem = null;
            ready = true;
            started.complete(null);
            for (PendingRequest next = waiting.poll(); next != null; next = waiting.poll()) submit(next);
        }

        @Override
        public void exited(Worker worker, String reason) {
            boolean wasReady = ready;
            ready = false;
            if (closed) return;
            // a restart of Vite takes some attempts; the first one tells
            if (wasReady) LOG.log(Level.INFO, "Vite at " + vite + " " + reason + "; connecting again");
            else if (!reason.equals(problem)) LOG.log(Level.WARNING, unreachable(reason));
            problem = reason;
            time.after(RETRY_MILLIS, ViteWorker.this::connect);
        }

        @Override
        public CompletionStage<Revalidation.Result> revalidate(Revalidation pages) {
            return revalidation.apply(pages);
        }

        @Override
        public void lost(PendingRequest pending, WorkerLostException cause) {
            if (pending.request().isRepeatable() && !pending.repeated()) submit(pending.again());
            else pending.answer().complete(text("Vite closed the connection before it answered"));
        }
    }

    private String unreachable(String reason) {
        return "Vite at " + vite + " cannot render pages: " + reason
                + "; its own output may say why. If no Vite runs, start it with mvn adapter:dev"
                + " -Dadapter.application=false";
    }

    @Override
    public boolean handle(Request request, RespondOptions options, Answer answer) {
        submit(new PendingRequest(request, options, requests, answer, false, time.nanos()));
        return true;
    }

    private void submit(PendingRequest pending) {
        if (closed) {
            pending.answer().fail(new UnavailableException("the server is shutting down"));
            return;
        }
        Worker worker = current;
        if (ready && worker != null && worker.submit(pending)) return;
        waiting.add(pending);
        pending.answer().whenComplete((response, error) -> waiting.remove(pending));
        time.after(PATIENCE_MILLIS, () -> {
            String reason = problem;
            if (waiting.remove(pending))
                pending.answer().complete(text(unreachable(reason == null ? "it is starting" : reason)));
        });
        // the connection may have become ready before this request was added
        if (isAccepting() && waiting.remove(pending)) submit(pending);
    }

    /** A worker that has lost its link accepts no requests, before it reports its exit. */
    private boolean isAccepting() {
        Worker worker = current;
        return ready && worker != null && worker.isAccepting();
    }

    private static Response text(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        Headers headers = Headers.of(
                "content-type",
                "text/plain; charset=utf-8",
                "content-length",
                String.valueOf(bytes.length),
                "cache-control",
                "no-store",
                "retry-after",
                "1");
        return new Response(502, headers, new Body.Bytes(ByteBuffer.wrap(bytes)), Response.Source.SERVER);
    }

    @Override
    public CompletableFuture<?> started() {
        return started.copy();
    }

    @Override
    public int readyWorkers() {
        return ready ? 1 : 0;
    }

    @Override
    public int restarts() {
        return Math.max(0, connections.get() - 1);
    }

    @Override
    public int runningRequests() {
        Worker worker = current;
        return worker == null ? 0 : worker.running();
    }

    @Override
    public int waitingRequests() {
        return waiting.size();
    }

    /** Closes the connection; Vite keeps running. */
    @Override
    public synchronized void close(String reason, Duration limit) {
        closed = true;
        Worker worker = current;
        if (worker != null) worker.kill("was closed");
        time.close();
        for (PendingRequest next = waiting.poll(); next != null; next = waiting.poll())
            next.answer().fail(new UnavailableException("the server is shutting down"));
    }
}
