package dev.kitbridge.platform;

/**
 * A failure that the app's visitors may learn of: in JavaScript it comes out as kit's {@code error(status, message)}.
 * Any other exception that has no {@link ErrorStatus} stays in the server's log, and the app learns no more than where
 * to look for it.
 */
public class ServiceException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** HTTP status. */
    private final int status;

    /**
     * Says what went wrong.
     *
     * @param status HTTP status, 400 to 599
     * @param message for the app and its visitors
     */
    public ServiceException(int status, String message) {
        super(message);
        this.status = checked(status);
    }

    /**
     * Says what went wrong, and why; the cause stays in the log.
     *
     * @param status HTTP status, 400 to 599
     * @param message for the app and its visitors
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

    /** The HTTP status. */
    public final int status() {
        return status;
    }
}
