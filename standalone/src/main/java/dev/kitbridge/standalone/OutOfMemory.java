package dev.kitbridge.standalone;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

/**
 * Ends the process when one of its threads has ended for want of memory: a server that goes on without it keeps
 * requests waiting for ever, and whoever started it has no reason to start it again. A call of a service that asks for
 * too much is answered before it comes to this.
 */
final class OutOfMemory implements Thread.UncaughtExceptionHandler {

    /** That of {@code -XX:+ExitOnOutOfMemoryError}. */
    static final int EXIT_CODE = 3;

    /** Made while there is memory. */
    private static final byte[] LINE =
            "There is no memory left, and the server cannot go on without; give it more with -Xmx\n"
                    .getBytes(StandardCharsets.UTF_8);

    private final FileOutputStream error = new FileOutputStream(FileDescriptor.err);

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        if (thrown instanceof OutOfMemoryError) end();
        System.getLogger(OutOfMemory.class.getName())
                .log(Level.ERROR, "The thread " + thread.getName() + " has ended", thrown);
    }

    private void end() {
        try {
            error.write(LINE);
        } catch (IOException | OutOfMemoryError e) {
            // then nobody is told
        }
        Runtime.getRuntime().halt(EXIT_CODE);
    }
}
