package dev.kitbridge.maven.services;

import java.io.IOException;

/** A module's Java services. */
public interface JavaServices extends AutoCloseable {

    /**
     * Starts the services if necessary, and returns their address.
     *
     * @throws dev.kitbridge.maven.failure.UserFailure if the services cannot be started
     */
    Address address();

    /** Returns a digest of their classes. */
    String identity() throws IOException;

    /** Ends the services. */
    @Override
    default void close() {}

    /**
     * The address of the services.
     *
     * @param address path of a socket, or a port
     * @param secret authenticates the caller
     */
    record Address(String address, String secret) {}
}
