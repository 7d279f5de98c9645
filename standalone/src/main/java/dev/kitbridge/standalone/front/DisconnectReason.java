package dev.kitbridge.standalone.front;

import java.util.concurrent.atomic.LongAdder;

/** Reasons to disconnect a client, or to reset its stream of an HTTP/2 connection, with their counts. */
public enum DisconnectReason {
    /** Deadline of the TLS handshake or of a head. */
    HEAD("its TLS handshake or a request's headers did not arrive within HEADERS_TIMEOUT"),
    /** Deadline of a request's body. */
    BODY("a request did not arrive within REQUEST_TIMEOUT"),
    /** Deadline of a body that the app does not read. */
    UNREAD("it did not stop sending a body that the app has not read"),
    /** Write timeout. */
    SLOW("it reads a response too slowly"),
    /** Limit of buffered bytes. */
    BUFFER("buffered bodies and responses exceed BUFFER_LIMIT"),
    /** Limit of queued HTTP/2 frames. */
    FRAMES("it causes HTTP/2 frames that it does not read"),
    /** Limit of connections. */
    ADDRESS("its address has MAX_CONNECTIONS_PER_ADDRESS connections");

    /** Shared by all servers of the process, as metrics are. */
    private final LongAdder count = new LongAdder();

    private final String why;

    DisconnectReason(String why) {
        this.why = why;
    }

    /** Returns how many clients were disconnected for this reason. */
    public long count() {
        return count.sum();
    }

    /**
     * Counts and logs a disconnection.
     *
     * @param client the client's address
     */
    void record(Object client) {
        count.increment();
        System.getLogger(DisconnectReason.class.getName())
                .log(System.Logger.Level.INFO, "Client " + client + " is disconnected: " + why);
    }
}
