package dev.kitbridge.server.internal.cache;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Calls a shared cache. Limits the time of each call and the number of calls, and rejects calls of requests at once
 * while the cache does not answer: then {@link #probe} alone calls it.
 */
final class Guard {

    private static final System.Logger LOG = System.getLogger(PageCache.class.getName());

    /** Number of successive timeouts after which the cache counts as unavailable. */
    private static final int TIMEOUTS = 3;

    /** Limit of concurrent calls. */
    private static final int CALLS = 1000;

    /** How long a cache may take to connect at first before that is logged. */
    private static final Duration START = Duration.ofSeconds(2);

    private final Duration limit;
    private final LongSupplier nanos;
    private final long opened;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger timeouts = new AtomicInteger();

    /** False until the first probe succeeds. */
    private final AtomicBoolean available = new AtomicBoolean();

    /** When it became unavailable: a probe that began before that does not show that it is available again. */
    private volatile long unavailableSince;

    private final AtomicBoolean complained = new AtomicBoolean();

    /** Whether the cache was closed: then calls fail for that reason, which is no news. */
    private volatile boolean closed;

    private final AtomicBoolean rejecting = new AtomicBoolean();

    /** @param limit of the time that a request waits */
    Guard(Duration limit, LongSupplier nanos) {
        this.limit = limit;
        this.nanos = nanos;
        this.opened = nanos.getAsLong();
        this.unavailableSince = opened;
    }

    boolean isAvailable() {
        return available.get();
    }

    /** The time that one request may wait, over several calls. */
    final class Budget {

        private final long end = nanos.getAsLong() + limit.toNanos();

        /** Calls the cache, unless it is unavailable or the time is over. */
        <T> CompletableFuture<T> call(Supplier<CompletionStage<T>> call) {
            long left = end - nanos.getAsLong();
            if (!isAvailable()) return CompletableFuture.failedFuture(new IOException("unavailable"));
            if (left <= 0) return CompletableFuture.failedFuture(new TimeoutException());
            return bounded(call, left);
        }
    }

    Budget budget() {
        return new Budget();
    }

    /** Calls the cache for no request that waits, also while it is unavailable. */
    <T> CompletableFuture<T> call(Supplier<CompletionStage<T>> call, Duration longer) {
        return bounded(call, longer.toNanos());
    }

    /** Calls the cache to find out whether it is available: whether it answers within the time of a request. */
    <T> CompletableFuture<T> probe(Supplier<CompletionStage<T>> call, Duration longer) {
        long start = nanos.getAsLong();
        return bounded(call, longer.toNanos()).whenComplete((result, failure) -> {
            if (failure != null) unavailable(cause(failure));
            else if (nanos.getAsLong() - start > limit.toNanos()) unavailable(new TimeoutException("slow"));
            else if (start - unavailableSince >= 0) recovered();
        });
    }

    private <T> CompletableFuture<T> bounded(Supplier<CompletionStage<T>> call, long time) {
        if (calls.incrementAndGet() > CALLS) {
            calls.decrementAndGet();
            return CompletableFuture.failedFuture(new IOException("too many calls"));
        }
        CompletableFuture<T> result;
        try {
            result = call.get().toCompletableFuture().copy();
        } catch (RuntimeException e) {
            result = CompletableFuture.failedFuture(e);
        }
        return result.orTimeout(time, TimeUnit.NANOSECONDS).whenComplete((value, failure) -> {
            calls.decrementAndGet();
            if (failure == null) timeouts.set(0);
            else failed(cause(failure));
        });
    }

    /** Returns whether the cache may still be connecting for the first time. */
    boolean isStarting() {
        return nanos.getAsLong() - opened < START.toNanos();
    }

    /** Returns the reason of a failed call for a message. */
    static String reason(Throwable failure) {
        Throwable cause = cause(failure);
        return cause instanceof TimeoutException ? "no answer in time" : String.valueOf(cause.getMessage());
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private void failed(Throwable failure) {
        if (closed) return;
        if (failure instanceof IOException) unavailable(failure);
        else if (failure instanceof TimeoutException) {
            if (timeouts.incrementAndGet() >= TIMEOUTS) unavailable(failure);
        } else if (rejecting.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "The shared page cache rejects commands: {0}; pages that it has not kept are rendered by each replica",
                    String.valueOf(failure.getMessage()));
        }
    }

    private void unavailable(Throwable reason) {
        boolean before = available.get();
        if (before) unavailableSince = nanos.getAsLong();
        available.set(false);
        if (closed || (!before && isStarting())) return;
        if (!complained.compareAndSet(false, true)) return;
        LOG.log(
                Level.WARNING,
                "The shared page cache is unavailable ({0}); pages are served from memory and by workers until it is"
                        + " available again",
                reason(reason));
    }

    private void recovered() {
        timeouts.set(0);
        if (closed || available.getAndSet(true)) return;
        if (complained.getAndSet(false)) LOG.log(Level.INFO, "The shared page cache is available again");
    }

    /** Called when the cache has stored a value again. */
    void accepted() {
        rejecting.set(false);
    }

    /** Called before the cache is closed. */
    void close() {
        closed = true;
        available.set(false);
    }
}
