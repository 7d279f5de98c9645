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
 * Writes the log of the server's own classes with the level at the beginning of each line, for Maven to log the line at
 * the same level. A configuration of {@code java.util.logging} that the module brings takes precedence.
 */
final class LevelledLog extends Handler {

    /** Held here: a logger that nobody refers to loses its handlers. */
    private static final Logger OWN = Logger.getLogger("dev.kitbridge.server");

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
        // at once: several threads log
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
