package dev.kitbridge.server.internal.workers;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** The process of a worker; tests have one without a process of the operating system. */
interface WorkerProcess extends Closeable {

    /** Starts processes of workers. */
    @FunctionalInterface
    interface Starter {
        /**
         * @param number names it in the log
         * @throws IOException if the process cannot be started; the message gives the reason
         */
        WorkerProcess start(int number) throws IOException;
    }

    /**
     * Waits until the worker has started the app and connects, or its process exits.
     *
     * @throws IOException if it exited; the message has its exit code
     */
    SocketChannel connect() throws IOException;

    /**
     * Waits for the process to exit, and kills it after a time limit. Returns how it exited, {@code exited with code
     * 1}.
     */
    String awaitExit(Duration limit);

    /** Kills the process. */
    void kill();

    /** Kills the process, and deletes its socket. */
    @Override
    void close();
}
