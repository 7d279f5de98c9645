package dev.kitbridge.standalone;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Limits the log lines that clients can cause: rejections, disconnections, and Jetty's warnings about both. The next
 * line says how many lines were left out.
 */
public final class LogLimit implements Filter {

    /** Limit of lines of one logger and level in each window. */
    static final int MOST = 20;

    static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LongSupplier clock;
    private final Map<String, Window> windows = new HashMap<>();

    private static final class Window {
        private long begun;
        private int lines;
        private long missing;
    }

    /** Created by name. */
    public LogLimit() {
        this(System::nanoTime);
    }

    /** @param clock in nanoseconds */
    LogLimit(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public boolean isLoggable(LogRecord line) {
        String logger = String.valueOf(line.getLoggerName());
        if (!logger.startsWith("org.eclipse.jetty.") && !logger.startsWith("dev.kitbridge.standalone.front.")) {
            return true;
        }
        return take(logger + line.getLevel(), line);
    }

    private synchronized boolean take(String key, LogRecord line) {
        long now = clock.getAsLong();
        Window window = windows.computeIfAbsent(key, name -> new Window());
        if (window.lines == 0 || now - window.begun > WINDOW_NANOS) {
            window.begun = now;
            window.lines = 0;
        }
        if (window.lines++ >= MOST) {
            window.missing++;
            return false;
        }
        if (window.missing > 0) {
            line.setMessage(line.getMessage() + " (" + window.missing + " similar lines were left out)");
            window.missing = 0;
        }
        return true;
    }
}
