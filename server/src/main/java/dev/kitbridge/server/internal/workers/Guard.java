package dev.kitbridge.server.internal.workers;

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
 * Kills the workers when this JVM has died, even after a crash or SIGKILL. A worker notices that its link is closed,
 * but not from within an endless loop; a watching thread in each worker would cost more than 10 MB and would not run
 * while the app loads. So a shell reads a pipe that only this JVM holds open: at its end, the shell kills the workers
 * of the last line and deletes the folder of their sockets. On a system without a shell only the closed link remains.
 */
final class Guard implements Closeable {

    private static final System.Logger LOG = System.getLogger(Guard.class.getName());

    /** Each line lists all workers. The shell ignores Ctrl-C, which reaches it too: this JVM shuts the workers down. */
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

    /** Called after the first worker has started, so that it does not delay the start. */
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

    /** Closes the pipe: the shell kills the remaining workers and exits. */
    @Override
    public synchronized void close() {
        try {
            if (pipe != null) pipe.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the shell had gone already: " + e.getMessage());
        }
    }
}
