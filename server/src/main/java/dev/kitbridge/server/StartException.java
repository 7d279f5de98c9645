package dev.kitbridge.server;

/** The app cannot be started. The message is one line for the person who starts it; a stack trace would not help. */
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param message what was found, what is expected, what to do */
    public StartException(String message) {
        super(message, null, false, false);
    }
}
