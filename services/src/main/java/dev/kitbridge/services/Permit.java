package dev.kitbridge.services;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The permit of one call. The call retains it, and so does each thread that runs the call's code: a call that timed out
 * holds its permit until its code returns.
 */
final class Permit {

    private final Permits permits;
    private final Operation operation;
    private final AtomicInteger holders = new AtomicInteger(1);
    private final AtomicBoolean released = new AtomicBoolean();

    Permit(Permits permits, Operation operation) {
        this.permits = permits;
        this.operation = operation;
    }

    void retain() {
        holders.incrementAndGet();
    }

    /** Undoes one {@link #retain}; the last holder frees the permit. */
    void release() {
        if (holders.decrementAndGet() == 0) free();
    }

    /** Frees the permit even if threads retain it. */
    void free() {
        if (released.compareAndSet(false, true)) permits.release(operation);
    }

    boolean isFree() {
        return released.get();
    }

    /** Returns how many permits the calls of the same method hold. */
    int heldByMethod() {
        return permits.held(operation);
    }
}
