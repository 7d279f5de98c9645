package dev.kitbridge.server.workers;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Ends the workers when this JVM is gone, however it went and whatever they are doing. A worker sees the end of its
 * link, but not from within an endless loop; a thread of its own that looks for the parent costs each worker more than
 * ten megabytes and does not yet run while the app is loaded. So a shell waits for the end of a pipe that only this JVM
 * holds, kills what it was last told, and takes the folder of their sockets away. Where there is no shell, the link's
 * end has to do.
 */
final class Guard implements Closeable {

    private static final System.Logger LOG = System.getLogger(Guard.class.getName());

    /** Each line has all processes. Ctrl-C reaches the shell too, but this JVM decides when it is over. */
    private static final String SCRIPT =
            """
            trap '' HUP INT TERM
            while read -r line; do pids=$line; done
            [ -z "$pids" ] || kill -9 $pids
            PATH=/bin:/usr/bin
            rm -f "$1"/w*
            rmdir "$1"
            """;

    private final Path sockets;
    private final Set<Long> pids = new LinkedHashSet<>();
    private boolean started;
    private @Nullable OutputStream pipe;

    /** @param sockets this JVM's own folder of sockets */
    Guard(Path sockets) {
        this.sockets = sockets;
    }

    /** With the first worker, which need not wait for it. */
    private @Nullable OutputStream start() {
        ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", SCRIPT, "sh", sockets.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        shell.environment().clear();
        try {
            return shell.start().getOutputStream();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "workers are not guarded: " + e.getMessage());
            return null;
        }
    }

    synchronized void add(long pid) {
        if (pids.add(pid)) tell();
    }

    synchronized void remove(long pid) {
        if (pids.remove(pid)) tell();
    }

    private void tell() {
        if (!started) pipe = start();
        started = true;
        if (pipe == null) return;
        String line = pids.stream().map(String::valueOf).collect(Collectors.joining(" ")) + "\n";
        try {
            pipe.write(line.getBytes(StandardCharsets.US_ASCII));
            pipe.flush();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "workers are not guarded any more: " + e.getMessage());
        }
    }

    /** Ends the shell, and what it still guards. */
    @Override
    public synchronized void close() {
        try {
            if (pipe != null) pipe.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the shell had gone already: " + e.getMessage());
        }
    }
}
