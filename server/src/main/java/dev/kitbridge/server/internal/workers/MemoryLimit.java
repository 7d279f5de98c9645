package dev.kitbridge.server.internal.workers;

/**
 * The memory limit of a worker.
 *
 * @param all limit of the process in bytes; 0 if only the runtime's own heap limit applies
 */
record MemoryLimit(long all) {

    /** The used fraction at which a worker is replaced: its successor needs time to start. */
    private static final double FULL = 0.85;

    /** Returns the limit of the heap in bytes: three quarters, since code, buffers and stacks need memory too. */
    long heap() {
        return all == 0 ? Long.MAX_VALUE : all / 4 * 3;
    }

    /** Returns whether a worker uses so much memory that it has to be replaced. */
    boolean isNear(Worker.Memory memory) {
        return memory.heap() > FULL * Math.min(memory.limit(), heap()) || (all > 0 && memory.all() > FULL * all);
    }
}
