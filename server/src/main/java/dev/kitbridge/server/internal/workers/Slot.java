package dev.kitbridge.server.internal.workers;

import org.jspecify.annotations.Nullable;

/**
 * One of the configured number of workers: the current process, its successor, and the backoff of its restarts. Guarded
 * by the supervisor's lock.
 */
final class Slot {

    /** A worker that was ready for this long resets the count of failures. */
    private static final long STABLE_NANOS = 10_000_000_000L;

    private static final long LONGEST_DELAY_MILLIS = 10_000;

    /** Null until the next worker starts. */
    @Nullable
    Worker worker;

    /** Replaces a worker that uses too much memory as soon as it is ready. */
    @Nullable
    Worker successor;

    private int failures;
    /** Whether the last worker exited before it was ready. */
    private boolean broken;

    private long readySince;
    /** {@link System#nanoTime} before which no worker is replaced. */
    private long quietUntil;
    /** Number of consecutive checks in which the worker used too much memory. */
    private int full;

    /** Called when a worker of this slot is ready. */
    void ready(Worker which, long now) {
        if (which == successor) {
            if (worker != null) worker.stopAccepting();
            worker = successor;
            successor = null;
        }
        broken = false;
        full = 0;
        readySince = now;
    }

    /**
     * Called when a worker of this slot has exited.
     *
     * @param served whether it was ready before
     * @return milliseconds until the next start
     */
    long exited(Worker which, boolean served, long now) {
        if (served && now - readySince >= STABLE_NANOS) failures = 0;
        else failures++;
        if (!served && which == worker) broken = true;
        if (which == worker) worker = successor;
        successor = null;
        long delay = failures == 0 ? 0 : Math.min(LONGEST_DELAY_MILLIS, 100L << Math.min(10, failures - 1));
        quietUntil = now + delay * 1_000_000;
        return delay;
    }

    /** Called when the worker has exited after a requested shutdown. */
    void retired() {
        worker = successor;
        successor = null;
    }

    boolean has(Worker which) {
        return worker == which || successor == which;
    }

    /** Returns whether the last start failed. */
    boolean isBroken() {
        return broken;
    }

    /** Returns whether the worker used too much memory in two checks in a row; one alone may be uncollected garbage. */
    boolean isFull(boolean now) {
        full = now ? full + 1 : 0;
        return full >= 2;
    }

    boolean mayReplace(long now) {
        return successor == null && now - quietUntil >= 0;
    }
}
