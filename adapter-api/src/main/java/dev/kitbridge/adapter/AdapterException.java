package dev.kitbridge.adapter;

import org.jspecify.annotations.Nullable;

/**
 * An error that the user can fix. The message says what was found, what was expected and what to do.
 *
 * <p>The plugin prints the message after the adapter's name and fails the build without a stack trace. It reports any
 * other exception as a defect of the adapter, with its class and its jar.
 */
public final class AdapterException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * Creates an exception without a cause.
     *
     * @param message shown to the user unchanged
     */
    public AdapterException(String message) {
        super(message);
    }

    /**
     * Creates an exception with a cause.
     *
     * @param message shown to the user unchanged
     * @param cause Maven prints it when it runs with {@code -e}
     */
    public AdapterException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
