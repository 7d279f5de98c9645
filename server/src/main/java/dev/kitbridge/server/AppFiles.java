package dev.kitbridge.server;

import java.io.IOException;

/** The files that workers run, if something can restore them. */
@FunctionalInterface
public interface AppFiles {

    /** Files that are never restored. */
    AppFiles FIXED = () -> {};

    /**
     * Makes sure that the files exist and are unchanged. Called before each start of a worker, on several threads; not
     * before the first starts, since the caller of {@code Server.open} has just checked the files.
     *
     * @throws IOException if they cannot be restored; the worker's start is then retried later
     */
    void check() throws IOException;
}
