package dev.kitbridge.services;

import dev.kitbridge.server.Revalidation;
import dev.kitbridge.server.internal.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client that has a page cache, as a preview does, and the revalidations that it has not confirmed yet. */
final class PageCacheClient {

    /** Limit of a frame's names in characters of JSON; the client passes the text on in one frame of its link. */
    private static final int MAX_NAMES = 200_000;

    /** Time for a confirmation, in seconds. */
    private static final long PATIENCE = 10;

    private static final List<String> LOST = List.of("the preview has closed its connection to the services");

    private static final List<String> SILENT =
            List.of("the preview has not confirmed the revalidation within " + PATIENCE + " s");

    private final Consumer<ByteBuffer> sender;
    private final Map<Integer, CompletableFuture<List<String>>> unconfirmed = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    private volatile boolean closed;

    /** @param sender sends a frame to the client */
    PageCacheClient(Consumer<ByteBuffer> sender) {
        this.sender = sender;
    }

    /** Returns texts for the replicas that may still serve the old pages; never fails. */
    CompletionStage<List<String>> revalidate(Revalidation revalidation) {
        CompletableFuture<List<String>> unreached = CompletableFuture.completedFuture(List.of());
        for (String part : parts(revalidation)) unreached = unreached.thenCombine(send(part), PageCacheClient::joined);
        return unreached;
    }

    static List<String> joined(Collection<String> some, Collection<String> others) {
        List<String> all = new ArrayList<>(some);
        all.addAll(others);
        return all.stream().distinct().toList();
    }

    private CompletableFuture<List<String>> send(String json) {
        int number = numbers.incrementAndGet();
        CompletableFuture<List<String>> confirmed = new CompletableFuture<>();
        unconfirmed.put(number, confirmed);
        sender.accept(ServiceFrame.json(ServiceFrame.REVALIDATE, number, json));
        // the connection may have been closed before this revalidation was added
        if (closed) confirmed.complete(LOST);
        return confirmed
                .completeOnTimeout(SILENT, PATIENCE, TimeUnit.SECONDS)
                .whenComplete((unreached, failure) -> unconfirmed.remove(number));
    }

    /** Returns a revalidation as JSON: an object with {@code paths}, {@code tags} and {@code all}, or several. */
    private static List<String> parts(Revalidation revalidation) {
        if (revalidation.all()) return List.of(Json.write(Map.of("all", true)));
        List<String> parts = new ArrayList<>();
        split("paths", revalidation.paths(), parts);
        split("tags", revalidation.tags(), parts);
        return parts;
    }

    private static void split(String member, Collection<String> names, List<String> parts) {
        List<String> part = new ArrayList<>();
        int length = 0;
        for (String name : names) {
            int added = Json.write(name).length() + 1;
            if (length + added > MAX_NAMES && !part.isEmpty()) {
                parts.add(Json.write(Map.of(member, part)));
                part.clear();
                length = 0;
            }
            part.add(name);
            length += added;
        }
        if (!part.isEmpty()) parts.add(Json.write(Map.of(member, part)));
    }

    /**
     * Receives the confirmation of a revalidation.
     *
     * @param json an object with {@code unreached}, texts for the replicas that may still serve the old pages
     * @throws IOException if it is anything else
     */
    void confirm(int number, ByteBuffer json) throws IOException {
        byte[] bytes = new byte[json.remaining()];
        json.get(bytes);
        List<String> unreached = unreached(bytes);
        CompletableFuture<List<String>> confirmed = unconfirmed.get(number);
        if (confirmed != null) confirmed.complete(unreached);
    }

    private static List<String> unreached(byte[] json) throws IOException {
        @Nullable Object value;
        try {
            value = Json.read(json);
        } catch (tools.jackson.core.JacksonException e) {
            throw new IOException("the result of a revalidation is not valid JSON", e);
        }
        if (value instanceof Map<?, ?> members && members.get("unreached") instanceof List<?> texts) {
            List<String> unreached = new ArrayList<>();
            for (Object text : texts) unreached.add(String.valueOf(text));
            return unreached;
        }
        throw new IOException("the result of a revalidation has no 'unreached'");
    }

    /** Completes all revalidations: the connection of the client is closed. */
    void close() {
        closed = true;
        for (CompletableFuture<List<String>> confirmed : List.copyOf(unconfirmed.values())) confirmed.complete(LOST);
    }
}
