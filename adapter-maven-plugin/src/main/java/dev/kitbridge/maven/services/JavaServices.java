package dev.kitbridge.maven.services;

import java.io.IOException;

/** A module's own Java services, which run while somebody asks for them. */
public interface JavaServices {

    /**
     * Where they can be called, now that they run.
     *
     * @throws dev.kitbridge.maven.failure.UserFailure if they cannot be started; the message says why
     */
    Address address();

    /** Tells them from what they were when their classes were others. */
    String identity() throws IOException;

    /**
     * What their client needs to know.
     *
     * @param address path of a socket, or a port
     * @param secret proves to them who calls
     */
    record Address(String address, String secret) {}
}
