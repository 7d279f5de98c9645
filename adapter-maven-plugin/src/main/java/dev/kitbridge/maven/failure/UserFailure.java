package dev.kitbridge.maven.failure;

import org.jspecify.annotations.Nullable;

/**
 * Something that the user can mend: what was found, what was expected, what to do. Ends the build without a stack
 * trace.
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
