package dev.kitbridge.adapter;

/** Kit's {@code builder.log}; here each line goes to Maven's log. */
public interface Log {

    /** A plain line at Maven's info level: JavaScript's {@code log(message)}. */
    void log(String message);

    /** Info level. */
    void info(String message);

    /** A line that only matters when one looks closely: Maven's debug level. */
    void minor(String message);

    /** Warn level. */
    void warn(String message);

    /** Error level; does not end the build, an {@link AdapterException} does. */
    void error(String message);

    /** Info level, marked as done. */
    void success(String message);
}
