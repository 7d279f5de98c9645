package dev.kitbridge.adapters.jvm.emulate;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.kitbridge.adapter.Front;
import dev.kitbridge.adapter.Front.Options;
import dev.kitbridge.server.Body;
import dev.kitbridge.server.Headers;
import dev.kitbridge.server.Request;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import java.io.EOFException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** Passes requests on to Vite. */
final class ViteRelay implements AutoCloseable {

    /** Connection-specific fields (RFC 9110, section 7.6.1), which are not passed on. */
    private static final Set<String> HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect",
            Front.VISITOR);

    /** Time for a restart of Vite. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Options place;
    private final long bodySizeLimit;
    private final HttpClient client;

    private ViteRelay(Options place, long bodySizeLimit, HttpClient client) {
        this.place = place;
        this.bodySizeLimit = bodySizeLimit;
        this.client = client;
    }

    /** @param bodySizeLimit largest body of a request in bytes */
    static ViteRelay start(Options place, long bodySizeLimit) throws Exception {
        HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(1));
        QueuedThreadPool threads = new QueuedThreadPool(16, 2);
        threads.setName("kitbridge-relay");
        threads.setDaemon(true);
        client.setExecutor(threads);
        client.setFollowRedirects(false);
        client.setUserAgentField(null);
        client.setDefaultRequestContentType(null);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setMaxConnectionsPerDestination(1024);
        client.setIdleTimeout(0);
        client.start();
        client.getContentDecoderFactories().clear();
        client.getProtocolHandlers().clear();
        return new ViteRelay(place, bodySizeLimit, client);
    }

    /** Answers as {@link dev.kitbridge.server.Server#respond} does. */
    CompletableFuture<Response> respond(Request request, RespondOptions options) {
        long length = length(request.headers());
        if (length > bodySizeLimit) {
            return CompletableFuture.completedFuture(
                    plain(413, "Content-length of " + length + " exceeds limit of " + bodySizeLimit + " bytes."));
        }
        CompletableFuture<Response> answer = new CompletableFuture<>();
        pass(request, options, answer, System.nanoTime() + PATIENCE.toNanos());
        return answer;
    }

    /** @param end deadline of retries while Vite restarts, as {@link System#nanoTime} */
    private void pass(Request request, RespondOptions options, CompletableFuture<Response> answer, long end) {
        var passed = client.newRequest(
                        place.vite().getHostString(), place.vite().getPort())
                .method(request.method())
                .path(request.target())
                .headers(fields -> fill(fields, request, options));
        if (request.body() != null) {
            passed.body(new RelayedBody(
                    request.body(),
                    length(request.headers()),
                    bodySizeLimit,
                    () -> answer.complete(
                            plain(413, "request body size exceeded BODY_SIZE_LIMIT of " + bodySizeLimit))));
        }
        passed.onResponseContentSource((response, source) -> {
            Headers headers = headers(response.getHeaders());
            Body body = new Body.Stream(new RelayedAnswer(source), length(headers));
            Response found = new Response(response.getStatus(), headers, body, Response.Source.WORKER);
            if (!answer.complete(found)) found.discard();
        });
        answer.whenComplete((response, error) -> {
            if (error != null) passed.abort(error);
        });
        passed.send(result -> {
            Throwable failure = result.getFailure();
            if (failure == null || answer.isDone()) return;
            // Vite restarts when its configuration has changed
            boolean again = failure instanceof ConnectException && request.isRepeatable() && System.nanoTime() < end;
            if (again) client.getScheduler().schedule(() -> pass(request, options, answer, end), 100, MILLISECONDS);
            else answer.complete(failed(failure));
        });
    }

    private void fill(HttpFields.Mutable fields, Request request, RespondOptions options) {
        request.headers().forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!HOP.contains(lower) && !lower.equals("content-length")) fields.add(name, value);
        });
        String address = null;
        String noAddress = null;
        try {
            address = options.getClientAddress().get();
        } catch (IllegalStateException e) {
            noAddress = e.getMessage();
        }
        fields.add(Front.VISITOR, place.visitor(request.origin(), options.protocol(), address, noAddress));
    }

    private static Headers headers(HttpFields fields) {
        Headers.Builder headers = Headers.builder();
        for (HttpField field : fields) {
            if (!HOP.contains(field.getLowerCaseName())) headers.add(field.getLowerCaseName(), field.getValue());
        }
        return headers.build();
    }

    private static long length(Headers headers) {
        @Nullable String length = headers.first("content-length");
        return length == null || !length.matches("\\d{1,18}") ? -1 : Long.parseLong(length);
    }

    private static Response failed(Throwable failure) {
        // an invalid URI, which the app rejects in production: '/%zz'
        if (failure instanceof IllegalArgumentException) return plain(400, "Bad Request");
        // Jetty's message is the state of its connection
        String why = failure instanceof EOFException ? "it closed the connection" : failure.toString();
        return plain(502, "Vite does not answer: " + why);
    }

    private static Response plain(int status, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Headers headers =
                Headers.of("content-type", "text/plain; charset=utf-8", "content-length", String.valueOf(bytes.length));
        return new Response(status, headers, new Body.Bytes(ByteBuffer.wrap(bytes)), Response.Source.SERVER);
    }

    @Override
    public void close() {
        try {
            client.stop();
        } catch (Exception e) {
            System.getLogger(ViteRelay.class.getName())
                    .log(System.Logger.Level.DEBUG, "the HTTP client could not be stopped", e);
        }
    }
}
