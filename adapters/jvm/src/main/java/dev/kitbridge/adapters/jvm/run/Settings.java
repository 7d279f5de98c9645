package dev.kitbridge.adapters.jvm.run;

import dev.kitbridge.adapters.jvm.run.Environment.Invalid;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says. Names and meanings are those of {@code @sveltejs/adapter-node} 6 where it has them.
 *
 * @param host address to listen on
 * @param port port to listen on, 0 for any
 * @param origin what the app's URLs begin with, or null
 * @param protocolHeader header with the protocol, or null
 * @param hostHeader header with the host, or null
 * @param portHeader header with the port, or null
 * @param addressHeader header with the client's address, or null
 * @param xffDepth which address of {@code x-forwarded-for} counts, from the right, from 1
 * @param bodySizeLimit in bytes
 * @param shutdownTimeout how long requests may take after SIGTERM
 * @param keepAliveTimeout how long a connection may be idle
 * @param workers how many workers
 * @param workerMemory a worker's ceiling in bytes, 0: what the runtime takes as its limit
 * @param workerTimeout how long a worker's event loop may be silent
 */
record Settings(
        String host,
        int port,
        @Nullable String origin,
        @Nullable String protocolHeader,
        @Nullable String hostHeader,
        @Nullable String portHeader,
        @Nullable String addressHeader,
        int xffDepth,
        long bodySizeLimit,
        Duration shutdownTimeout,
        Duration keepAliveTimeout,
        int workers,
        long workerMemory,
        Duration workerTimeout) {

    private static final Set<String> NAMES = new TreeSet<>(Set.of(
            "HOST",
            "PORT",
            "ORIGIN",
            "PROTOCOL_HEADER",
            "HOST_HEADER",
            "PORT_HEADER",
            "ADDRESS_HEADER",
            "XFF_DEPTH",
            "BODY_SIZE_LIMIT",
            "SHUTDOWN_TIMEOUT",
            "KEEP_ALIVE_TIMEOUT",
            "WORKERS",
            "WORKER_MEMORY",
            "WORKER_TIMEOUT"));

    /** @throws Invalid if a variable has a value that it does not accept */
    static Settings of(Environment environment) {
        environment.expect(NAMES);
        int cores = Runtime.getRuntime().availableProcessors();
        return new Settings(
                environment.text("HOST", "0.0.0.0"),
                environment.number("PORT", 3000, 0, 65535),
                origin(environment),
                header(environment, "PROTOCOL_HEADER"),
                header(environment, "HOST_HEADER"),
                header(environment, "PORT_HEADER"),
                header(environment, "ADDRESS_HEADER"),
                environment.number("XFF_DEPTH", 1, 1, 100),
                environment.bytes("BODY_SIZE_LIMIT", 512 * 1024),
                seconds(environment, "SHUTDOWN_TIMEOUT", 30),
                seconds(environment, "KEEP_ALIVE_TIMEOUT", 5),
                environment.number("WORKERS", cores, 1, 1000),
                environment.bytes("WORKER_MEMORY", 0),
                seconds(environment, "WORKER_TIMEOUT", 10));
    }

    private static Duration seconds(Environment environment, String name, int otherwise) {
        return Duration.ofSeconds(environment.number(name, otherwise, 0, Integer.MAX_VALUE));
    }

    private static @Nullable String header(Environment environment, String name) {
        String value = environment.text(name);
        return value == null ? null : value.toLowerCase(java.util.Locale.ROOT);
    }

    private static @Nullable String origin(Environment environment) {
        String value = environment.text("ORIGIN");
        if (value == null) return null;
        if (!value.matches("https?://[^/?#\\s]+/?")) {
            throw environment.invalid(
                    "ORIGIN",
                    value,
                    "scheme and host, with the port where it is not the usual one: https://example.com");
        }
        return value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
    }
}
