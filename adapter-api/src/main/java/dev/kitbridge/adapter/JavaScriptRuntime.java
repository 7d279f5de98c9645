package dev.kitbridge.adapter;

/** A program that runs JavaScript on a server, whose makers' binaries are on the npm registry. */
public enum JavaScriptRuntime {
    /** Node. */
    NODE,
    /** Bun; where there are several builds of it for a platform, the one that asks least of the processor. */
    BUN
}
