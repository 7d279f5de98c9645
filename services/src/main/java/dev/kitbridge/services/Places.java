package dev.kitbridge.services;

import org.jspecify.annotations.Nullable;

/**
 * Room for calls in all workers. No method gets more of it than it leaves free, so that one which hangs leaves room for
 * the others: of 256 places one method has 128 at most, and a second one 64 of what is left.
 */
final class Places {

    private final Object lock = new Object();
    private int taken;

    /**
     * Takes a place, until {@link #leave}.
     *
     * @return why there is none, or null
     */
    @Nullable
    String take(Operation operation, int most) {
        synchronized (lock) {
            int own = operation.underWay;
            if (taken >= most) return taken + " calls are under way already";
            if (own > 0 && own >= most - taken) {
                return own + " calls of it are under way already, and the other " + (most - own)
                        + " places are for other methods";
            }
            operation.underWay = own + 1;
            taken++;
            return null;
        }
    }

    void leave(Operation operation) {
        synchronized (lock) {
            operation.underWay = operation.underWay - 1;
            taken--;
        }
    }

    int taken() {
        synchronized (lock) {
            return taken;
        }
    }
}
