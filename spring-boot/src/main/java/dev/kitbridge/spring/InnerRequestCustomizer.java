package dev.kitbridge.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Consumer;

/** Gives the requests that the app sends to the application what the rendered request has. */
@FunctionalInterface
interface InnerRequestCustomizer {

    /** Captures what the requests need, on the thread of the rendered request; returns what changes each of them. */
    Consumer<HttpServletRequest> of(HttpServletRequest rendered);
}
