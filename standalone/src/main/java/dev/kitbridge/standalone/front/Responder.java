package dev.kitbridge.standalone.front;

import dev.kitbridge.server.Request;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import java.util.concurrent.CompletableFuture;

/** Answers requests: {@link dev.kitbridge.server.Server#respond}, or a replacement. */
@FunctionalInterface
public interface Responder {

    /** Returns a future that never fails. Cancelling it stops the work on the response. */
    CompletableFuture<Response> respond(Request request, RespondOptions options);
}
