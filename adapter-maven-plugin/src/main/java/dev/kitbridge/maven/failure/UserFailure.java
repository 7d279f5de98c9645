package dev.kitbridge.maven.failure;

import org.jspecify.annotations.Nullable;

/**
 * A failure that the user can fix. The message says what was found, what was expected and what to do. Maven prints it
 * without a stack trace.
 */
public final class UserFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** A failure that its message explains. */
    public UserFailure(String message) {
        super(message);
    }

    /** A failure with a cause, for {@code mvn -e}. */
    public UserFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
