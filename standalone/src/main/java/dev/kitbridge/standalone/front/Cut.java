package dev.kitbridge.standalone.front;

import java.util.concurrent.atomic.LongAdder;

/** Reasons to disconnect a client, or to reset its stream of an HTTP/2 connection, with their counts. */
public enum Cut {
    /** TLS handshake or head of a request. */
    HEAD("its TLS handshake or a request's headers did not arrive within HEADERS_TIMEOUT"),
    /** Body of a request. */
    BODY("a request did not arrive within REQUEST_TIMEOUT"),
    /** Body that the app did not read. */
    UNREAD("it went on sending a body that the app had answered without reading"),
    /** Slow reader. */
    SLOW("it took too little of an answer"),
    /** Memory. */
    BUFFER("bodies and answers that wait for slow clients exceed BUFFER_LIMIT"),
    /** Reader of no frames. */
    FRAMES("it makes the server send HTTP/2 frames and does not read them"),
    /** Many connections. */
    ADDRESS("its address has MAX_CONNECTIONS_PER_ADDRESS connections");

    /** One for all servers of the process, as metrics are. */
    private final LongAdder count = new LongAdder();

    private final String why;

    Cut(String why) {
        this.why = why;
    }

    /** How many clients were cut off for this reason. */
    public long count() {
        return count.sum();
    }

    /** @param client its address, for the log */
    void happened(Object client) {
        count.increment();
        System.getLogger(Cut.class.getName())
                .log(System.Logger.Level.INFO, "Client " + client + " is disconnected: " + why);
    }
}
