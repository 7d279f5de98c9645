package dev.kitbridge.server;

import java.io.IOException;

/** The files that workers run, if something can restore them. */
@FunctionalInterface
public interface AppFiles {

    /** Files that nobody restores. */
    AppFiles FIXED = () -> {};

    /**
     * Makes sure that the files exist and are unchanged. Called before each start of a worker, on several threads; not
     * before the first ones, since whoever opens the server has just done so.
     *
     * @throws IOException if they cannot be restored: the worker is not started, and tried again later
     */
    void check() throws IOException;
}
