package dev.kitbridge.server.assets;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Notices that a mapped file was truncated: reading beyond its end fails in whatever way the system likes, without a
 * word to the client. One look at the file in 100 ms costs a request nothing.
 */
final class Intact {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Path file;
    private final FileChannel channel;
    private final long length;

    private volatile long checked = System.nanoTime();
    private volatile boolean truncated;

    Intact(Path file, FileChannel channel, long length) {
        this.file = file;
        this.channel = channel;
        this.length = length;
    }

    /** @throws IllegalStateException if the file is shorter than it was when the server started */
    void check() {
        long now = System.nanoTime();
        if (now - checked > PAUSE_NANOS) {
            checked = now;
            truncated = size() < length;
        }
        if (truncated) {
            throw new IllegalStateException(
                    file + " was truncated from " + length + " bytes while the server runs; restart the server");
        }
    }

    private long size() {
        try {
            return channel.size();
        } catch (IOException e) {
            // an interrupted thread has closed the channel: nothing is known
            return length;
        }
    }
}
