package dev.kitbridge.maven;

import dev.kitbridge.adapter.Log;
import dev.kitbridge.maven.process.Progress;
import java.util.function.Consumer;

/**
 * Writes an adapter's lines to Maven's log, each with the adapter's id.
 *
 * @param progress shows the last line if the adapter runs for long
 */
record AdapterLog(org.apache.maven.plugin.logging.Log log, String id, Progress progress) implements Log {

    @Override
    public void log(String message) {
        lines(message, log::info);
    }

    @Override
    public void info(String message) {
        lines(message, log::info);
    }

    @Override
    public void minor(String message) {
        lines(message, log::debug);
    }

    @Override
    public void warn(String message) {
        lines(message, log::warn);
    }

    @Override
    public void error(String message) {
        lines(message, log::error);
    }

    @Override
    public void success(String message) {
        lines("\u2714 " + message, log::info);
    }

    private void lines(String message, Consumer<CharSequence> to) {
        progress.at(message);
        message.lines().forEach(line -> to.accept(id + ": " + line));
    }
}
