package dev.kitbridge.server.internal.workers;

import dev.kitbridge.server.internal.Processes;
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
 * Kills the workers if this JVM dies, even by a crash or SIGKILL. A shell reads a pipe that only this JVM holds open.
 * At the end of the pipe, the shell kills the workers of the last line and deletes the folder of their sockets.
 *
 * <p>A worker alone would notice the closed link only if its event loop runs. A watching thread in each worker would
 * use more than 10 MB and would not run while the app loads. On a system without a shell, workers depend on the closed
 * link.
 */
final class Guard implements Closeable {

    private static final System.Logger LOG = System.getLogger(Guard.class.getName());

    /** Each line lists all workers. The shell ignores Ctrl-C, because the terminal sends it to this JVM too. */
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
            return Processes.start(shell).getOutputStream();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "workers are not guarded: " + e.getMessage());
            return null;
        }
    }

    synchronized void add(long pid) {
        if (pids.add(pid)) update();
    }

    synchronized void remove(long pid) {
        if (pids.remove(pid)) update();
    }

    private void update() {
        if (!started) pipe = start();
        started = true;
        if (pipe == null) return;
        String line = pids.stream().map(String::valueOf).collect(Collectors.joining(" ")) + "\n";
        try {
            pipe.write(line.getBytes(StandardCharsets.US_ASCII));
            pipe.flush();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "workers are no longer guarded: " + e.getMessage());
        }
    }

    /** Closes the pipe: the shell kills the remaining workers and exits. */
    @Override
    public synchronized void close() {
        try {
            if (pipe != null) pipe.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the shell has exited already: " + e.getMessage());
        }
    }
}
