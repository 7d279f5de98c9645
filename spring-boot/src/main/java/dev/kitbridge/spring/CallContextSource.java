package dev.kitbridge.spring;

import dev.kitbridge.server.RequestContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Captures a thread-bound context of a request, for the threads that call services. */
@FunctionalInterface
interface CallContextSource {

    RequestContext of(HttpServletRequest request, HttpServletResponse response);

    /** Releases what {@link #of} has captured for a request, after its response. */
    default void end(HttpServletRequest request) {}
}
