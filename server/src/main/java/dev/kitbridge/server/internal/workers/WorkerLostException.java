package dev.kitbridge.server.internal.workers;

import java.io.IOException;

/** A worker exited before it answered a request. */
final class WorkerLostException extends IOException {

    private static final long serialVersionUID = 1;

    private final boolean alone;

    /** @param alone whether it was the worker's only request */
    WorkerLostException(String reason, boolean alone) {
        super(reason);
        this.alone = alone;
    }

    /** Returns whether it was the worker's only request, and so is the likely cause. */
    boolean isAlone() {
        return alone;
    }
}
