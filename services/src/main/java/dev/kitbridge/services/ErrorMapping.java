package dev.kitbridge.services;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps exceptions that cannot be annotated, such as a framework's, to errors of SvelteKit. */
@FunctionalInterface
public interface ErrorMapping {

    /**
     * An error of SvelteKit.
     *
     * @param status HTTP status, 400 to 599
     * @param message what the page may show
     * @param body further members of the error's body: JSON values
     */
    record MappedError(int status, String message, Map<String, Object> body) {}

    /** Returns the error for an exception, or null if the next rule decides. */
    @Nullable
    MappedError map(Throwable thrown);
}
