package dev.kitbridge.server.internal.workers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A worker's output. After a failed start, holds back the output of the next start until it differs: an app that cannot
 * start would log the same error at each attempt.
 */
final class StartOutput implements RuntimeProcess.Output {

    /** Limit of held-back characters. */
    private static final int MAX_HELD = 64 * 1024;

    private record Line(String text, boolean error) {}

    private final RuntimeProcess.Output next;
    private final AtomicReference<@Nullable List<Line>> failed;
    private final @Nullable List<Line> before;
    private final List<Line> lines = new ArrayList<>();

    private int size;
    private boolean starting = true;
    private boolean held;

    private StartOutput(RuntimeProcess.Output next, AtomicReference<@Nullable List<Line>> failed) {
        this.next = next;
        this.failed = failed;
        this.before = failed.get();
        this.held = before != null;
    }

    /** Creates outputs that share the output of the last failed start. */
    static final class Series {

        private final AtomicReference<@Nullable List<Line>> failed = new AtomicReference<>();

        /** Returns the output of a further worker. */
        StartOutput to(RuntimeProcess.Output next) {
            return new StartOutput(next, failed);
        }
    }

    @Override
    public synchronized void line(String text, boolean error) {
        if (starting) {
            lines.add(new Line(text, error));
            size += text.length() + 1;
        }
        if (held && size > MAX_HELD) release();
        else if (!held) next.line(text, error);
        if (size > MAX_HELD) forget();
    }

    /** Called when the app has started. */
    synchronized void started() {
        release();
        forget();
        failed.set(null);
    }

    /**
     * Called when the start failed. Returns whether its output equals that of the last failed start and was dropped.
     */
    synchronized boolean failed() {
        boolean same = held && lines.equals(before);
        if (!same) release();
        failed.set(starting ? List.copyOf(lines) : null);
        held = false;
        forget();
        return same;
    }

    private void release() {
        if (!held) return;
        held = false;
        for (Line line : lines) next.line(line.text(), line.error());
    }

    private void forget() {
        starting = false;
        lines.clear();
        size = 0;
    }
}
