package dev.kitbridge.standalone.front;

import dev.kitbridge.server.Request;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Says once what to set where SvelteKit refuses what a page of the app itself has posted, since the app is taken to be
 * served with another protocol than the browser sees: its answer only speaks of other sites.
 */
final class OriginAdvice implements Responder {

    private final Responder app;
    private final String prefix;
    private final Consumer<String> warn;
    private final AtomicBoolean said = new AtomicBoolean();

    /**
     * @param prefix what the variables' names begin with
     * @param warn takes the advice
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
            warn.accept("What a page of " + from + " posted was refused: the app is taken to be at " + request.origin()
                    + "; set " + prefix + "ORIGIN=" + from + ", or, behind a proxy, " + prefix
                    + "PROTOCOL_HEADER to the header in which it says which protocol was used");
        });
        return answer;
    }

    private static String host(String origin) {
        return origin.substring(origin.indexOf("://") + 1);
    }
}
