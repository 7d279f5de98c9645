package dev.kitbridge.standalone.front;

import dev.kitbridge.server.Request;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import java.util.concurrent.CompletableFuture;

/** Answers requests: {@link dev.kitbridge.server.Server#respond}, or what stands in its place. */
@FunctionalInterface
public interface Responder {

    /** The answer; never fails. Cancelling it says that nobody waits for it any more. */
    CompletableFuture<Response> respond(Request request, RespondOptions options);
}
