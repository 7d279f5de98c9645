package dev.kitbridge.server.workers;

/**
 * How much memory a worker may take.
 *
 * @param all of the process, in bytes; 0 where only the runtime's own limit of the heap counts
 */
record Ceiling(long all) {

    /** A worker that uses this much of it is replaced: there has to be time for the next one to start. */
    private static final double FULL = 0.85;

    /** What the heap may take, in bytes; the rest is for code, buffers and stacks. */
    long heap() {
        return all == 0 ? Long.MAX_VALUE : all / 4 * 3;
    }

    boolean isNear(Worker.Memory memory) {
        return memory.heap() > FULL * Math.min(memory.limit(), heap()) || (all > 0 && memory.all() > FULL * all);
    }
}
