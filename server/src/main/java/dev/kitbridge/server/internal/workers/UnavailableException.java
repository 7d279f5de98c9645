package dev.kitbridge.server.internal.workers;

import java.io.IOException;

/** No worker can answer the request now; the client gets 503. */
public final class UnavailableException extends IOException {

    private static final long serialVersionUID = 1;

    UnavailableException(String reason) {
        super(reason);
    }
}
