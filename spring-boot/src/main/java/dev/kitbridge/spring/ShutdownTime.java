package dev.kitbridge.spring;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The time that requests have when the application stops. It begins when the context begins to close: the web server
 * waits for the same requests before the app is closed.
 */
final class ShutdownTime {

    private final Duration timeout;
    private final InstantSource clock;
    private volatile @Nullable Instant begin;

    ShutdownTime(Duration timeout, InstantSource clock) {
        this.timeout = timeout;
        this.clock = clock;
    }

    void begin() {
        begin = clock.instant();
    }

    /** Returns what is left, zero or more. */
    Duration remaining() {
        Instant since = begin;
        if (since == null) return timeout;
        Duration remaining = timeout.minus(Duration.between(since, clock.instant()));
        return remaining.isNegative() ? Duration.ZERO : remaining;
    }
}
