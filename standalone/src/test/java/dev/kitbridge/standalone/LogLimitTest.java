package dev.kitbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogLimitTest {

    private final AtomicLong clock = new AtomicLong();
    private final LogLimit limit = new LogLimit(clock::get);

    private static LogRecord line(String logger, Level level) {
        LogRecord line = new LogRecord(level, "text");
        line.setLoggerName(logger);
        return line;
    }

    private int passed(String logger, Level level, int lines) {
        int passed = 0;
        for (int i = 0; i < lines; i++) {
            if (limit.isLoggable(line(logger, level))) passed++;
        }
        return passed;
    }

    @Test
    void linesThatClientsCauseAreLimitedAndCounted() {
        String front = "dev.kitbridge.standalone.front.DisconnectReason";
        assertThat(passed(front, Level.INFO, 1000)).isEqualTo(LogLimit.MOST);
        assertThat(passed(front, Level.WARNING, 5)).as("another level").isEqualTo(5);
        assertThat(passed("org.eclipse.jetty.http2.HTTP2Session", Level.WARNING, 1000))
                .isEqualTo(LogLimit.MOST);

        clock.addAndGet(LogLimit.WINDOW_NANOS + 1);
        LogRecord next = line(front, Level.INFO);
        assertThat(limit.isLoggable(next)).isTrue();
        assertThat(next.getMessage()).isEqualTo("text (980 similar lines were left out)");
        LogRecord after = line(front, Level.INFO);
        assertThat(limit.isLoggable(after)).isTrue();
        assertThat(after.getMessage()).isEqualTo("text");
    }

    @Test
    void otherLinesAreNot() {
        assertThat(passed("dev.kitbridge.server.internal.workers.WorkerPool", Level.WARNING, 1000))
                .isEqualTo(1000);
    }
}
