package dev.kitbridge.server.internal.workers;

import java.io.IOException;

/** The worker that was answering a request has exited. */
final class WorkerLost extends IOException {

    private static final long serialVersionUID = 1;

    private final boolean alone;

    /** @param alone whether the worker had no other request */
    WorkerLost(String reason, boolean alone) {
        super(reason);
        this.alone = alone;
    }

    /** Returns whether the worker had no other request, so that this one is the likely cause. */
    boolean isAlone() {
        return alone;
    }
}
