package dev.kitbridge.adapter;

/** Writes lines to Maven's log. In kit: {@code Logger}. */
public interface Log {

    /**
     * Writes a line at Maven's info level. In kit: {@code log(message)}.
     *
     * @param message the line
     */
    void log(String message);

    /**
     * Writes a line at Maven's info level. In kit: {@code log.info}.
     *
     * @param message the line
     */
    void info(String message);

    /**
     * Writes a line at Maven's debug level, which {@code mvn -X} shows. In kit: {@code log.minor}.
     *
     * @param message the line
     */
    void minor(String message);

    /**
     * Writes a line at Maven's warn level. In kit: {@code log.warn}.
     *
     * @param message the line
     */
    void warn(String message);

    /**
     * Writes a line at Maven's error level. In kit: {@code log.error}. The build continues; to fail it, throw
     * {@link AdapterException}.
     *
     * @param message the line
     */
    void error(String message);

    /**
     * Writes a line at Maven's info level, marked as a success. In kit: {@code log.success}.
     *
     * @param message the line
     */
    void success(String message);
}
