package dev.kitbridge.adapter;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter can have fetched, with the settings (mirror, proxy, credentials) that npm and Maven have on the
 * machine. With {@code mvn -o} the network is not touched. {@link Builder} has these verbs too.
 */
public interface Downloads {

    /**
     * A JavaScript runtime for a platform: the official binary, fetched through npm once and checked against the
     * registry's digest, then taken from the cache of the build's own Node, and checked each time.
     *
     * @param version a version, {@code 1.4.5}, or a range in npm's notation, {@code 1}: the newest in the cache that it
     *     allows, else the newest of the registry, which is not the same on all machines; null: for Node the version of
     *     the Node that builds, for Bun {@code *}
     * @throws AdapterException if there is none, if it cannot be fetched, or if it would have to be and Maven is
     *     offline
     */
    RuntimeBinary javaScriptRuntime(JavaScriptRuntime runtime, @Nullable String version, Platform platform)
            throws IOException;
}
