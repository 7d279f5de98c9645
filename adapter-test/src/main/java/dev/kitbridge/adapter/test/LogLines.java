package dev.kitbridge.adapter.test;

import dev.kitbridge.adapter.Log;
import java.util.List;

/** A log that keeps its lines, each behind its level. */
record LogLines(List<String> lines) implements Log {

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
