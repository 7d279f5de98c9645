package dev.kitbridge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LoggingTest {

    private static String line(Level level, Throwable thrown) {
        LogRecord entry = new LogRecord(level, "it happened");
        entry.setInstant(Instant.parse("2026-11-01T12:00:00.001234Z"));
        entry.setThrown(thrown);
        return new Logging().format(entry);
    }

    @Test
    void aRecordIsALine() {
        assertThat(line(Level.INFO, null))
                .isEqualTo("2026-11-01T12:00:00.001Z INFO it happened" + System.lineSeparator());
        assertThat(line(Level.WARNING, new IOException("no", new IllegalStateException("why"))))
                .isEqualTo("2026-11-01T12:00:00.001Z WARN it happened: java.io.IOException: no:"
                        + " java.lang.IllegalStateException: why" + System.lineSeparator());
    }

    @Test
    void anErrorComesWithItsTrace() {
        assertThat(line(Level.SEVERE, new IOException("no")))
                .startsWith("2026-11-01T12:00:00.001Z ERROR it happened: java.io.IOException: no")
                .contains("    at " + LoggingTest.class.getName());
    }
}
