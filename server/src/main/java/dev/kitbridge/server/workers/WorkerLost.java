package dev.kitbridge.server.workers;

import java.io.IOException;

/** The worker that had a request is gone. */
final class WorkerLost extends IOException {

    private static final long serialVersionUID = 1;

    WorkerLost(String reason) {
        super(reason);
    }
}
