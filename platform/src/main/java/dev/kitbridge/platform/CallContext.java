package dev.kitbridge.platform;

import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP request during which the app calls a service.
 *
 * @param requestId the request's {@code x-request-id}, or a generated id if it has none
 * @param traceparent the request's W3C trace context; null if it has none
 * @param locale the first language of the request's {@code accept-language}; {@link Locale#ROOT} if it has none
 * @param principal the name of the authenticated user; null without one
 */
public record CallContext(String requestId, @Nullable String traceparent, Locale locale, @Nullable String principal) {

    private static final ThreadLocal<@Nullable CallContext> CURRENT = new ThreadLocal<>();

    /**
     * Returns the context of the call that runs on this thread.
     *
     * @return the context
     * @throws IllegalStateException if no call runs on this thread; to use another thread, pass the context on and run
     *     the task with {@link #call}
     */
    public static CallContext current() {
        CallContext context = CURRENT.get();
        if (context == null) {
            throw new IllegalStateException("No call of a platform service runs on thread "
                    + Thread.currentThread().getName() + "; get CallContext.current() on the thread of the call and run"
                    + " tasks on other threads with its call(...)");
        }
        return context;
    }

    /**
     * Runs a task on this thread with this context as the current one.
     *
     * @param task the task; a test can use this method to provide a context
     * @return the task's result
     * @param <T> the type of the result
     * @throws Exception if the task throws it
     */
    public <T extends @Nullable Object> T call(Callable<T> task) throws Exception {
        Objects.requireNonNull(task);
        CallContext before = CURRENT.get();
        CURRENT.set(this);
        try {
            return task.call();
        } finally {
            if (before == null) CURRENT.remove();
            else CURRENT.set(before);
        }
    }
}
