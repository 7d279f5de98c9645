package dev.kitbridge.standalone;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

/**
 * Halts the process if a thread dies of an OutOfMemoryError. A server without that thread would let requests wait for
 * ever, and a supervisor would not restart it. Service calls handle their own errors before.
 */
final class OutOfMemory implements Thread.UncaughtExceptionHandler {

    /** The exit code of {@code -XX:+ExitOnOutOfMemoryError}. */
    static final int EXIT_CODE = 3;

    /** Created in advance: later there may be no memory. */
    private static final byte[] LINE =
            "The heap is full, and the server exits; increase it with -Xmx\n".getBytes(StandardCharsets.UTF_8);

    private final FileOutputStream error = new FileOutputStream(FileDescriptor.err);

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        if (thrown instanceof OutOfMemoryError) end();
        System.getLogger(OutOfMemory.class.getName())
                .log(Level.ERROR, "The thread " + thread.getName() + " has died", thrown);
    }

    private void end() {
        try {
            error.write(LINE);
        } catch (IOException | OutOfMemoryError e) {
            // the message is lost
        }
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
