package dev.kitbridge.spring;

import jakarta.servlet.http.HttpServletRequest;

/** Gives a request that the app sends to the application what the rendered request has. */
@FunctionalInterface
interface InnerRequestCustomizer {

    void customize(HttpServletRequest inner, HttpServletRequest caller);
}
