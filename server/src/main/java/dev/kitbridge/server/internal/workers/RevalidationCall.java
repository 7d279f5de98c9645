package dev.kitbridge.server.internal.workers;

import dev.kitbridge.server.Revalidation;
import dev.kitbridge.server.internal.RevalidationJson;
import dev.kitbridge.server.internal.json.Json;
import dev.kitbridge.server.internal.link.Frame;
import dev.kitbridge.server.internal.link.Link;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A call of {@code platform.cache.revalidate} in a worker. */
final class RevalidationCall {

    private RevalidationCall() {}

    /** Revalidates, and sends the result when it is known. */
    static void answer(
            Link link, int id, String json, Function<Revalidation, CompletionStage<Revalidation.Result>> revalidation) {
        CompletionStage<Revalidation.Result> result;
        try {
            result = revalidation.apply(RevalidationJson.parse(json));
        } catch (IllegalArgumentException e) {
            sendError(link, id, String.valueOf(e.getMessage()));
            return;
        }
        result.whenComplete((told, failure) -> {
            if (told != null) send(link, id, RevalidationJson.write(told));
            else sendError(link, id, String.valueOf(failure));
        });
    }

    private static void sendError(Link link, int id, String message) {
        send(link, id, Json.write(Map.of("error", message)));
    }

    private static void send(Link link, int id, String json) {
        link.send(Frame.text(Frame.REVALIDATED, id, json));
    }
}
