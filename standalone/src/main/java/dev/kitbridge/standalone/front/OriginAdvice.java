package dev.kitbridge.standalone.front;

import dev.kitbridge.server.Request;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Logs advice once if SvelteKit rejects a form post of the app's own page (CSRF), because the configured origin differs
 * from the browser's. SvelteKit's response only mentions cross-site posts.
 */
final class OriginAdvice implements Responder {

    private final Responder app;
    private final String prefix;
    private final Consumer<String> warn;
    private final AtomicBoolean said = new AtomicBoolean();

    /**
     * @param prefix prefix of the environment variables
     * @param warn logs the advice
     */
    OriginAdvice(Responder app, String prefix, Consumer<String> warn) {
        this.app = app;
        this.prefix = prefix;
        this.warn = warn;
    }

    @Override
    public CompletableFuture<Response> respond(Request request, RespondOptions options) {
        CompletableFuture<Response> answer = app.respond(request, options);
        if (request.method().equals("GET") || said.get()) return answer;
        String from = request.headers().first("origin");
        if (from == null || from.equals(request.origin()) || !host(from).equals(host(request.origin()))) return answer;
        answer.thenAccept(response -> {
            if (response.status() != 403 || said.getAndSet(true)) return;
            warn.accept(
                    "Form post from " + from + " rejected (CSRF): the app's origin is configured as " + request.origin()
                            + "; set " + prefix + "ORIGIN=" + from + ", or, behind a proxy, " + prefix
                            + "PROTOCOL_HEADER to the header with which the proxy passes the protocol on");
        });
        return answer;
    }

    private static String host(String origin) {
        return origin.substring(origin.indexOf("://") + 1);
    }
}
