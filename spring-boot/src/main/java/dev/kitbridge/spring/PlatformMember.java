package dev.kitbridge.spring;

import dev.kitbridge.server.RespondOptions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.function.Consumer;

/** Adds to {@code event.platform}. */
@FunctionalInterface
interface PlatformMember {

    /**
     * Adds a member.
     *
     * @param platform members by name
     * @param beforeHead registers an action that runs before the response's head is sent
     * @return the options, possibly changed
     */
    RespondOptions add(
            HttpServletRequest request,
            HttpServletResponse response,
            RespondOptions options,
            Map<String, Object> platform,
            Consumer<Runnable> beforeHead);
}
