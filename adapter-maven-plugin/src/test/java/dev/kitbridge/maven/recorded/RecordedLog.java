package dev.kitbridge.maven.recorded;

import dev.kitbridge.adapter.Log;
import java.util.ArrayList;
import java.util.List;

/**
 * A log that keeps the lines of an adapter.
 *
 * @param lines the lines, each with its level
 */
public record RecordedLog(List<String> lines) implements Log {

    /** Creates an empty log. */
    public RecordedLog() {
        this(new ArrayList<>());
    }

    @Override
    public void log(String message) {
        lines.add("log " + message);
    }

    @Override
    public void info(String message) {
        lines.add("info " + message);
    }

    @Override
    public void minor(String message) {
        lines.add("minor " + message);
    }

    @Override
    public void warn(String message) {
        lines.add("warn " + message);
    }

    @Override
    public void error(String message) {
        lines.add("error " + message);
    }

    @Override
    public void success(String message) {
        lines.add("success " + message);
    }
}
