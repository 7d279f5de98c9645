package dev.kitbridge.server.workers;

import org.jspecify.annotations.Nullable;

/** One of the workers that there are to be, and the process that is it now. Guarded by the crew's lock. */
final class Slot {

    /** A worker that served that long was no failure. */
    private static final long STABLE_NANOS = 10_000_000_000L;

    private static final long LONGEST_DELAY_MILLIS = 10_000;

    /** None where the next one has not started yet. */
    @Nullable
    Worker worker;

    /** Takes over from a worker that is to be replaced. */
    @Nullable
    Worker successor;

    private int failures;
    private boolean broken;
    private long readySince;
    private long quietUntil;
    private int full;

    /** A worker of this slot is ready. */
    void ready(Worker which, long now) {
        if (which == successor) {
            if (worker != null) worker.leave();
            worker = successor;
            successor = null;
        }
        broken = false;
        full = 0;
        readySince = now;
    }

    /**
     * A worker of this slot is gone.
     *
     * @param served whether it had become ready
     * @return after how many milliseconds to try again
     */
    long gone(Worker which, boolean served, long now) {
        if (served && now - readySince >= STABLE_NANOS) failures = 0;
        else failures++;
        if (!served && which == worker) broken = true;
        if (which == worker) worker = successor;
        successor = null;
        long delay = failures == 0 ? 0 : Math.min(LONGEST_DELAY_MILLIS, 100L << Math.min(10, failures - 1));
        quietUntil = now + delay * 1_000_000;
        return delay;
    }

    /** The worker has ended as it was to. */
    void left() {
        worker = successor;
        successor = null;
    }

    boolean has(Worker which) {
        return worker == which || successor == which;
    }

    /** The last worker ended before it was ready, and no other has become ready since. */
    boolean isBroken() {
        return broken;
    }

    /** @return whether the worker has used too much twice in a row, so that it is not merely garbage */
    boolean isFull(boolean now) {
        full = now ? full + 1 : 0;
        return full >= 2;
    }

    boolean mayReplace(long now) {
        return successor == null && now - quietUntil >= 0;
    }
}
