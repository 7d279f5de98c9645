package dev.kitbridge.maven.goal;

import org.jspecify.annotations.Nullable;

/**
 * The parameters of {@code adapter:emulate}.
 *
 * @param build the parameters of the build
 * @param listen where to serve
 * @param check {@code <check>}, or null to serve until the process is interrupted
 */
public record EmulateRequest(BuildRequest build, Listen listen, @Nullable String check) {}
