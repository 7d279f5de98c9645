package dev.kitbridge.server;

import java.time.Duration;

/**
 * The limits of calls to Java services. Begin with {@link #DEFAULT} and change single values.
 *
 * @param callsPerRequest limit of running calls of one request
 * @param calls limit of all running calls. A method may hold as many as it leaves free, so a single method at most half
 *     of them
 * @param argumentBytes limit of the arguments of a call, as JSON
 * @param resultBytes limit of the result of a call, or of an item of a stream, as JSON
 * @param timeout of methods and interfaces without their own timeout
 */
public record ServiceLimits(int callsPerRequest, int calls, int argumentBytes, int resultBytes, Duration timeout) {

    /** 64 calls a request, 256 in all, 1 MiB of arguments, 8 MiB of result, 30 seconds. */
    public static final ServiceLimits DEFAULT = new ServiceLimits(64, 256, 1 << 20, 8 << 20, Duration.ofSeconds(30));

    /** Rejects invalid values. */
    public ServiceLimits {
        if (callsPerRequest < 1 || calls < 1 || argumentBytes < 1 || resultBytes < 1) {
            throw new IllegalArgumentException("a limit of services is less than 1: " + callsPerRequest + " calls a"
                    + " request, " + calls + " calls, " + argumentBytes + " bytes of arguments, " + resultBytes
                    + " bytes of result");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException(
                    "the timeout of services is " + timeout + "; expected a positive duration");
        }
    }

    /** Returns a copy with other numbers of calls. */
    public ServiceLimits withCalls(int perRequest, int inAll) {
        return new ServiceLimits(perRequest, inAll, argumentBytes, resultBytes, timeout);
    }

    /** Returns a copy with other sizes in bytes. */
    public ServiceLimits withSizes(int arguments, int result) {
        return new ServiceLimits(callsPerRequest, calls, arguments, result, timeout);
    }

    /** Returns a copy with another timeout. */
    public ServiceLimits withTimeout(Duration limit) {
        return new ServiceLimits(callsPerRequest, calls, argumentBytes, resultBytes, limit);
    }
}
