package dev.kitbridge.services;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Writes Kitbridge's own log with the level at the beginning of each line, so that Maven logs the line at the same
 * level. If the module configures {@code java.util.logging}, that configuration applies instead.
 */
final class LevelledLog extends Handler {

    /** A static reference, since a logger that is garbage collected loses its handlers. */
    private static final Logger OWN = Logger.getLogger("dev.kitbridge");

    private final PrintStream out;

    private LevelledLog(PrintStream out) {
        this.out = out;
    }

    static void to(PrintStream out) {
        boolean configured = System.getProperty("java.util.logging.config.file") != null
                || System.getProperty("java.util.logging.config.class") != null;
        if (configured || OWN.getHandlers().length > 0) return;
        OWN.setUseParentHandlers(false);
        OWN.addHandler(new LevelledLog(out));
    }

    @Override
    public void publish(LogRecord entry) {
        if (!isLoggable(entry)) return;
        StringWriter text = new StringWriter();
        text.append(new SimpleFormatter().formatMessage(entry)).append('\n');
        if (entry.getThrown() != null) entry.getThrown().printStackTrace(new PrintWriter(text, true));
        char level = level(entry.getLevel());
        StringBuilder lines = new StringBuilder();
        text.toString()
                .lines()
                .forEach(line ->
                        lines.append('\u001e').append(level).append(line).append('\n'));
        // one call per record, so that the lines of two threads do not mix
        out.print(lines);
        out.flush();
    }

    private static char level(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) return 'E';
        return level.intValue() >= Level.WARNING.intValue() ? 'W' : 'I';
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {}
}
