package dev.kitbridge.server;

import java.nio.channels.SocketChannel;

/** Connects workers with the Java services that the app calls; {@code kitbridge-services} has the implementation. */
public interface ServiceConnector extends AutoCloseable {

    /**
     * Serves the calls of one worker until its connection is closed. Returns at once.
     *
     * @param worker the worker's second connection, which the connector closes
     * @param requests the contexts of the requests that the worker has
     */
    void connect(SocketChannel worker, RequestContexts requests);

    /**
     * Receives the server that the services belong to, when it is open.
     *
     * @param server whose pages the services may revalidate
     */
    default void opened(Server server) {}

    /** Returns whether the services are started. */
    boolean isReady();

    /** Cancels the running calls, and closes the services. */
    @Override
    void close();
}
