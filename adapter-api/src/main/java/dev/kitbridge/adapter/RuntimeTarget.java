package dev.kitbridge.adapter;

import java.util.List;

/**
 * The place where an adapter's output runs.
 *
 * @param runtime Node or Bun
 * @param platforms operating systems and processors; empty: not known at build time
 */
public record RuntimeTarget(JavaScriptRuntime runtime, List<Platform> platforms) {

    /** Copies the list. */
    public RuntimeTarget {
        platforms = List.copyOf(platforms);
    }
}
