package dev.kitbridge.standalone.watch;

import dev.kitbridge.server.Revalidation;
import dev.kitbridge.server.internal.RevalidationJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests that revalidate kept pages.
 *
 * @param token that a request has to know
 * @param pages makes the server forget pages
 */
record Revalidations(String token, Function<Revalidation, CompletionStage<Revalidation.Result>> pages) {

    /** Path of the requests. */
    static final String PATH = "/page-cache/revalidate";

    private static final int LARGEST_BODY = 1024 * 1024;

    /**
     * An answer.
     *
     * @param status HTTP status
     * @param text body
     */
    record Outcome(int status, String text) {}

    /** Answers a request. The future never fails. */
    CompletableFuture<Outcome> answer(Request request) {
        if (!isAllowed(request.getHeaders().get(HttpHeader.AUTHORIZATION))) {
            return CompletableFuture.completedFuture(
                    new Outcome(401, "expected authorization: Bearer, and the token of the page cache\n"));
        }
        if (!request.getMethod().equals("POST")) {
            return CompletableFuture.completedFuture(new Outcome(405, "expected POST\n"));
        }
        long length = request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
        if (length < 0 || length > LARGEST_BODY) {
            int status = length < 0 ? 411 : 413;
            return CompletableFuture.completedFuture(new Outcome(status, "expected a content-length of at most 1M\n"));
        }
        return body(request)
                .thenCompose(this::revalidate)
                .exceptionally(failure -> new Outcome(400, "the request is incomplete\n"));
    }

    private static CompletableFuture<String> body(Request request) {
        CompletableFuture<String> body = new CompletableFuture<>();
        Content.Source.asString(request, StandardCharsets.UTF_8, new Promise<String>() {
            @Override
            public void succeeded(String text) {
                body.complete(text);
            }

            @Override
            public void failed(Throwable failure) {
                body.completeExceptionally(failure);
            }
        });
        return body;
    }

    /** The comparison takes the same time wherever the texts differ. */
    private boolean isAllowed(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) return false;
        byte[] given = authorization.substring(7).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(given, token.getBytes(StandardCharsets.UTF_8));
    }

    private CompletionStage<Outcome> revalidate(String json) {
        Revalidation revalidation;
        try {
            revalidation = RevalidationJson.parse(json);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(new Outcome(400, e.getMessage() + "\n"));
        }
        // a retry reaches the replicas that could not be told
        return pages.apply(revalidation)
                .thenApply(
                        result -> new Outcome(result.isComplete() ? 200 : 503, RevalidationJson.write(result) + "\n"));
    }
}
