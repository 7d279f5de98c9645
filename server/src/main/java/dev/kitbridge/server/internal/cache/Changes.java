package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Request;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.Response;
import dev.kitbridge.server.Revalidation;
import dev.kitbridge.server.internal.Answer;
import dev.kitbridge.server.internal.Handler;

/**
 * Requests that may change something: they invalidate pages (RFC 9111, 4.4).
 *
 * @param workers answer them
 * @param invalidation makes all replicas forget pages
 * @param states whether responses have {@code Cache-Status}
 */
record Changes(Handler workers, Invalidation invalidation, boolean states) {

    /** Passes a request to the workers, and invalidates its path before the client gets the response. */
    boolean pass(Request request, RespondOptions options, Answer answer) {
        if (request.method().equals("OPTIONS") || request.method().equals("TRACE")) return false;
        Answer changed = answer.instead(request, null);
        answer.whenComplete((response, disconnected) -> {
            if (disconnected != null) changed.cancel(true);
        });
        changed.whenComplete((response, cancelled) -> answer.attempt(() -> {
            Response passed = response == null || !states ? response : Rendering.with(response, "fwd=method");
            if (passed != null && passed.status() >= 400) {
                answer.complete(passed);
                return;
            }
            // a cancelled request may have changed something as well
            invalidation
                    .everywhere(Revalidation.ofPaths(Locations.of(request, passed)), false)
                    .thenRun(() -> {
                        if (passed != null) answer.complete(passed);
                    });
        }));
        return workers.handle(request, options, changed);
    }
}
