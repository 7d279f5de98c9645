package dev.kitbridge.maven.services;

import dev.kitbridge.maven.failure.UserFailure;

/**
 * Services that cannot be called.
 *
 * @param reason the message of each call's error
 */
public record AbsentServices(String reason) implements JavaServices {

    @Override
    public Address address() {
        throw new UserFailure(reason);
    }

    @Override
    public String identity() {
        return reason;
    }
}
