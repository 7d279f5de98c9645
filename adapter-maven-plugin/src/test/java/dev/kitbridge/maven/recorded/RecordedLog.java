package dev.kitbridge.maven.recorded;

import dev.kitbridge.adapter.Log;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what an adapter says.
 *
 * @param lines each with its level
 */
public record RecordedLog(List<String> lines) implements Log {

    /** A log without lines. */
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
