package dev.kitbridge.standalone;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;

/** The log of the process itself: one line for each record, on the standard error output. */
public final class Logging extends Formatter {

    private static final String CONFIGURATION = "java.util.logging.config.class";

    private static final String PROPERTIES = "handlers=java.util.logging.ConsoleHandler\n"
            + "java.util.logging.ConsoleHandler.level=ALL\n"
            + "java.util.logging.ConsoleHandler.encoding=UTF-8\n"
            + "java.util.logging.ConsoleHandler.formatter=" + Logging.class.getName() + "\n"
            + "java.util.logging.ConsoleHandler.filter=" + LogLimit.class.getName() + "\n"
            + ".level=INFO\n"
            + "org.eclipse.jetty.level=WARNING\n"
            + "io.micrometer.level=WARNING\n"
            // the page cache says once that Redis is gone, and not with each attempt to connect
            + "io.lettuce.level=SEVERE\n"
            + "io.netty.level=WARNING\n";

    /** Created by name. */
    public Logging() {}

    /**
     * Registers this configuration, unless the user has configured {@code java.util.logging}. The JVM creates it at the
     * first log record: later than the start, and on another thread.
     */
    static void configure() {
        if (System.getProperty("java.util.logging.config.file") != null) return;
        if (System.getProperty(CONFIGURATION) != null) return;
        System.setProperty(CONFIGURATION, Configuration.class.getName());
    }

    /** Configures {@code java.util.logging}. */
    public static final class Configuration {

        /** Created by name. */
        public Configuration() throws IOException {
            LogManager.getLogManager()
                    .readConfiguration(new ByteArrayInputStream(PROPERTIES.getBytes(StandardCharsets.ISO_8859_1)));
        }
    }

    /**
     * Formats a record: {@code 2026-11-01T12:00:00.000Z WARN message: cause}. The stack trace follows records of level
     * ERROR.
     */
    @Override
    public String format(LogRecord entry) {
        StringBuilder line = new StringBuilder(160);
        line.append(entry.getInstant().truncatedTo(java.time.temporal.ChronoUnit.MILLIS));
        line.append(' ').append(level(entry.getLevel())).append(' ').append(formatMessage(entry));
        Throwable thrown = entry.getThrown();
        if (thrown != null) {
            for (Throwable cause = thrown; cause != null; cause = cause.getCause())
                line.append(": ").append(cause);
            if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) trace(thrown, line);
        }
        return line.append(System.lineSeparator()).toString();
    }

    private static void trace(Throwable thrown, StringBuilder line) {
        for (StackTraceElement element : thrown.getStackTrace()) {
            line.append(System.lineSeparator()).append("    at ").append(element);
        }
    }

    private static String level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) return "ERROR";
        if (level.intValue() >= Level.WARNING.intValue()) return "WARN";
        return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }
}
