package dev.kitbridge.server.workers;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A process that runs a worker. */
interface Child extends Closeable {

    /** Starts one. */
    @FunctionalInterface
    interface Starter {
        /**
         * @param number names it in the log
         * @throws IOException if there is no process; the message says why
         */
        Child start(int number) throws IOException;
    }

    /**
     * Waits until the worker has started the app and connects, or ends.
     *
     * @throws IOException if it ended; the message says how
     */
    SocketChannel connect() throws IOException;

    /** Waits for its end, kills it if that takes longer, and says how it ended. */
    String ended(Duration patience);

    /** Ends it at once. */
    void kill();

    /** Ends it, and leaves nothing behind. */
    @Override
    void close();
}
