package dev.kitbridge.services;

import java.util.HashMap;
import java.util.Map;

/**
 * Limits the calls of all workers that run at once. A method gets a permit only while it holds fewer permits than are
 * free. A method that hangs so leaves permits for the others: of 256 permits it gets 128, and a second such method gets
 * 64.
 */
final class Permits {

    private final Map<Operation, Integer> held = new HashMap<>();
    private int total;

    /**
     * Acquires a permit for a call of a method.
     *
     * @throws CallException if no permit is free for the method
     */
    synchronized Permit acquire(Operation operation, int limit) throws CallException {
        int own = held(operation);
        if (total >= limit) throw CallException.limit(operation.name(), total + " calls are running already");
        if (own > 0 && own >= limit - total) {
            throw CallException.limit(
                    operation.name(),
                    own + " calls of it are running already, and the other " + (limit - own)
                            + " permits are for other methods");
        }
        held.put(operation, own + 1);
        total++;
        return new Permit(this, operation);
    }

    synchronized void release(Operation operation) {
        held.computeIfPresent(operation, (key, count) -> count == 1 ? null : count - 1);
        total--;
    }

    /** Returns how many permits a method holds. */
    synchronized int held(Operation operation) {
        return held.getOrDefault(operation, 0);
    }

    /** Returns how many permits all methods hold. */
    synchronized int total() {
        return total;
    }
}
