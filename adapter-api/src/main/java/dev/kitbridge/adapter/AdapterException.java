package dev.kitbridge.adapter;

import org.jspecify.annotations.Nullable;

/**
 * Something that the user can mend. The message says what was found, what was expected and what to do; it is printed as
 * it is, after the adapter's name, and ends the build without a stack trace.
 */
public final class AdapterException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** An error without a cause. */
    public AdapterException(String message) {
        super(message);
    }

    /** An error with a cause, which is printed when Maven runs with {@code -e}. */
    public AdapterException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
