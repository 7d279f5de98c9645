package dev.kitbridge.platform;

/**
 * A failure whose status and message visitors of the app can see. JavaScript receives kit's {@code error(status,
 * message)}.
 *
 * <p>For any other exception without {@link ErrorStatus}, the server logs the exception, and the app receives the id of
 * the log entry only.
 */
public class ServiceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** HTTP status. */
    private final int status;

    /**
     * Creates an exception without a cause.
     *
     * @param status the HTTP status, 400 to 599
     * @param message the message for the app and its visitors
     * @throws IllegalArgumentException if the status is not one of an error
     */
    public ServiceException(int status, String message) {
        super(message);
        this.status = checked(status);
    }

    /**
     * Creates an exception with a cause, which the server logs and the app does not receive.
     *
     * @param status the HTTP status, 400 to 599
     * @param message the message for the app and its visitors
     * @param cause the cause
     * @throws IllegalArgumentException if the status is not one of an error
     */
    public ServiceException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = checked(status);
    }

    private static int checked(int status) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("the status is " + status + "; expected one of an error, 400 to 599");
        }
        return status;
    }

    /**
     * Returns the HTTP status.
     *
     * @return 400 to 599
     */
    public final int status() {
        return status;
    }
}
