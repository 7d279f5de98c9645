package dev.kitbridge.maven.failure;

import org.jspecify.annotations.Nullable;

/** A failure that the user cannot fix: a bug in an adapter or in this plugin, or a failure of the machine. */
public final class Defect extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** A failure with its cause, which is printed when Maven runs with {@code -e}. */
    public Defect(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
