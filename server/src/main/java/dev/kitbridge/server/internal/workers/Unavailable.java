package dev.kitbridge.server.internal.workers;

import java.io.IOException;

/** No worker can accept a request at the moment. */
public final class Unavailable extends IOException {

    private static final long serialVersionUID = 1;

    Unavailable(String reason) {
        super(reason);
    }
}
