package dev.kitbridge.platform;

import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The request on whose behalf a service is called.
 *
 * @param requestId the request's {@code x-request-id}, else one that was made for it
 * @param traceparent the request's W3C trace context, or null
 * @param locale what the client prefers of languages, {@link Locale#ROOT} where it does not say
 * @param principal name of the user that the front authenticated, or null
 */
public record CallContext(String requestId, @Nullable String traceparent, Locale locale, @Nullable String principal) {

    private static final ThreadLocal<@Nullable CallContext> CURRENT = new ThreadLocal<>();

    /**
     * That of the call which this thread carries out.
     *
     * @throws IllegalStateException on a thread that carries out none; hand the context over with {@link #call}
     */
    public static CallContext current() {
        CallContext context = CURRENT.get();
        if (context == null) {
            throw new IllegalStateException("Thread " + Thread.currentThread().getName()
                    + " carries out no call of a platform service; take CallContext.current() on the thread of the call,"
                    + " and run what follows elsewhere in its call(...)");
        }
        return context;
    }

    /** Carries out a task, or a test, in this context. */
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
