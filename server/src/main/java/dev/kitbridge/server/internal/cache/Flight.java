package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.Request;
import dev.kitbridge.server.RespondOptions;
import dev.kitbridge.server.internal.Answer;
import dev.kitbridge.server.internal.Report;
import dev.kitbridge.server.replicas.SharedCache;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A page that a worker renders for one or more requests. */
final class Flight {

    /** How the page is searched at other replicas before it is rendered. */
    enum Search {
        /** Not at all. */
        NONE,
        /** A request waits for it. */
        WAIT,
        /** No request waits for it, since there is a stale page. */
        BACKGROUND
    }

    /** Identifies the requests that may wait for it. */
    final Object key;

    final Path path;
    final @Nullable Selector selector;

    /** The request that the worker gets. */
    final Request rendered;

    final RespondOptions options;
    final Search search;
    final Report report = new Report();
    final Answer render;

    /** The answer to the request that caused it. */
    final Answer answer;

    /** Completes with the kept entry, or with nothing: then the waiting requests go to the workers themselves. */
    final CompletableFuture<Optional<Entry>> kept = new CompletableFuture<>();

    final AtomicInteger waiting = new AtomicInteger();
    final long since;

    /** Of its start: a later revalidation of one of its names makes the page outdated. */
    volatile long generation;

    /** The generation of the shared cache at its start; null if the page is not shared. */
    volatile SharedCache.@Nullable Generation shared;

    /** A kept page that the app may confirm; null for none. */
    volatile @Nullable Entry old;

    /** Why no kept page was served: the value of {@code fwd} in {@code Cache-Status} (RFC 9211, 2.2). */
    volatile String forwarded = "uri-miss";

    /** Whether the page was revalidated while it was rendered. */
    volatile boolean outdated;

    /** Whether the client that caused it has disconnected, or there was none. */
    private volatile boolean alone;

    /**
     * @param answer to the request that causes it; may be completed already
     * @param since {@link System#nanoTime} of its start
     */
    Flight(
            Object key,
            Path path,
            @Nullable Selector selector,
            Request rendered,
            RespondOptions options,
            Search search,
            Answer answer,
            long since) {
        this.key = key;
        this.path = path;
        this.selector = selector;
        this.rendered = rendered;
        this.options = options;
        this.search = search;
        this.render = answer.instead(rendered, report);
        this.answer = answer;
        this.since = since;
    }

    /** Called when the client that caused it has disconnected: stops the rendering unless others need the page. */
    void abandoned() {
        alone = true;
        boolean wanted = waiting.get() > 0 || (selector != null && selector.kept());
        if (!wanted) render.cancel(true);
    }

    /** Called when another flight takes its place: stops a rendering that takes too long and that no client needs. */
    void replaced() {
        if (alone) render.cancel(true);
    }
}
