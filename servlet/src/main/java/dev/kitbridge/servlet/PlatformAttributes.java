package dev.kitbridge.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;

/**
 * Adds members to {@code event.platform.attributes}: what a page may know of the session or the request.
 * Implementations are found with {@link java.util.ServiceLoader} in a WAR, and are beans in a Spring application.
 */
@FunctionalInterface
public interface PlatformAttributes {

    /**
     * Returns members of {@code platform.attributes} for a request that a page is rendered for.
     *
     * @param request the request; {@code getSession(false)} does not create a session
     * @return names and JSON values: strings, numbers, booleans, null, lists and maps
     */
    Map<String, Object> of(HttpServletRequest request);
}
