package dev.kitbridge.server.internal;

import java.io.IOException;

/** Starts processes. */
public final class Processes {

    private Processes() {}

    /**
     * Starts a process. The JDK's thread that waits for its end outlives the process by a minute: it must not keep the
     * class loader of a web application that was undeployed.
     */
    public static Process start(ProcessBuilder builder) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader loader = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        try {
            return builder.start();
        } finally {
            thread.setContextClassLoader(loader);
        }
    }
}
