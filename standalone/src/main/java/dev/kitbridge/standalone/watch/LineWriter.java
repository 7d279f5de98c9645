package dev.kitbridge.standalone.watch;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Writes lines on its own thread, so that a slow reader of the log does not block requests. If the queue is full, lines
 * are dropped, and their number is written.
 */
public final class LineWriter implements Consumer<String>, Closeable {

    private static final int ROOM = 16 * 1024;

    private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(ROOM);
    private final AtomicLong dropped = new AtomicLong();
    private final OutputStream out;
    private final Thread thread;

    private volatile boolean closed;

    /** @param out is not closed */
    public LineWriter(OutputStream out) {
        this.out = out;
        this.thread = new Thread(this::run, "kitbridge-access-log");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void accept(String line) {
        if (!queue.offer(line)) dropped.incrementAndGet();
    }

    private void run() {
        List<String> lines = new ArrayList<>();
        try {
            while (!closed || !queue.isEmpty()) {
                String first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first == null) continue;
                lines.add(first);
                queue.drainTo(lines, 1000);
                write(lines);
                lines.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(List<String> lines) {
        long missing = dropped.getAndSet(0);
        if (missing > 0) lines.add("(" + missing + " requests are missing here: the log is read too slowly)");
        try {
            out.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            // the reader of the log has exited
        }
    }

    /** Writes the queued lines, for at most two seconds. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
