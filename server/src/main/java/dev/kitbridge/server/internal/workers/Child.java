package dev.kitbridge.server.internal.workers;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A process that runs a worker. */
interface Child extends Closeable {

    /** Starts such processes. */
    @FunctionalInterface
    interface Starter {
        /**
         * @param number names it in the log
         * @throws IOException if the process cannot be started; the message gives the reason
         */
        Child start(int number) throws IOException;
    }

    /**
     * Waits until the worker has started the app and connects, or its process exits.
     *
     * @throws IOException if it exited; the message has its exit code
     */
    SocketChannel connect() throws IOException;

    /** Waits for the process to exit, kills it after the given time, and returns how it exited. */
    String ended(Duration patience);

    /** Kills the process. */
    void kill();

    /** Kills the process, and deletes its socket. */
    @Override
    void close();
}
