package dev.kitbridge.adapters.jvm.run.failure;

/**
 * Why the app does not start, in one line for the person who starts it: what was found, what is expected, what to do.
 */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param message what was found, what is expected, what to do */
    public Refusal(String message) {
        super(message, null, false, false);
    }
}
