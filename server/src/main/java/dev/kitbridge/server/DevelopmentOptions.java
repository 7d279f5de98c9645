package dev.kitbridge.server;

import java.net.URI;
import java.util.function.Consumer;

/**
 * How a server has its pages rendered by the app's Vite, which another process runs.
 *
 * @param vite scheme, host and port of Vite, {@code http://localhost:5173}
 * @param secret shared with the process that runs Vite; empty if it has none
 * @param bodyLimit limit of a request body in bytes
 * @param headersLimit limit of a response's status and headers in bytes
 * @param connected receives the values of the app's configuration when Vite is connected, and again after each restart
 *     of Vite
 * @param pageCache which rendered pages are kept; never shared with other replicas
 */
public record DevelopmentOptions(
        URI vite,
        String secret,
        long bodyLimit,
        int headersLimit,
        Consumer<Server.Site> connected,
        Init.PageCache pageCache) {

    /** Keeps no page. */
    public DevelopmentOptions(
            URI vite, String secret, long bodyLimit, int headersLimit, Consumer<Server.Site> connected) {
        this(vite, secret, bodyLimit, headersLimit, connected, Init.PageCache.OFF);
    }
}
