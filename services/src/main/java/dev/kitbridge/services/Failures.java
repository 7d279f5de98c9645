package dev.kitbridge.services;

import dev.kitbridge.platform.ErrorStatus;
import dev.kitbridge.platform.ServiceException;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Maps an exception of a service to the error that the app gets, and logs the exception. */
final class Failures {

    private static final System.Logger LOG = System.getLogger(Failures.class.getName());

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<Class<? extends Throwable>, Integer> statuses;

    private final ErrorMapping mapping;

    /**
     * @param statuses HTTP statuses of exception classes that cannot be annotated
     * @param mapping asked before all other rules
     */
    Failures(Map<Class<? extends Throwable>, Integer> statuses, ErrorMapping mapping) {
        this.statuses = Map.copyOf(statuses);
        this.mapping = mapping;
    }

    /**
     * Returns the error for the app. It has the exception's message only if the exception has a status.
     *
     * @param method that failed, {@code catalog.search}
     * @param request id of the request that called it, for the log
     */
    @SuppressWarnings("CatchingUnchecked")
    CallException of(Throwable thrown, String method, String request) {
        try {
            return mapped(thrown, method, request);
        } catch (Throwable e) {
            // getMessage() of the exception throws, or memory is exhausted: the app still needs an answer
            return new CallException(CallException.FAILED, method + " failed, and its exception could not be read");
        }
    }

    private CallException mapped(Throwable thrown, String method, String request) {
        Throwable error = unwrapped(thrown);
        if (error instanceof CallException known) return known;
        ErrorMapping.@Nullable MappedError mapped = mapping.map(error);
        int status = mapped == null ? status(error) : mapped.status();
        String text = mapped == null ? message(error) : mapped.message();
        Map<String, Object> body = mapped == null ? Map.of() : mapped.body();
        if (status >= 400 && status < 500) {
            LOG.log(Level.DEBUG, () -> method + " answered " + status + ": " + error);
            return new CallException(error.getClass().getSimpleName(), text, status, null, body);
        }
        String id = id();
        StackTraces.cut(error);
        LOG.log(Level.ERROR, method + " failed (" + id + ", request " + request + ")", error);
        if (status >= 500) return new CallException(error.getClass().getSimpleName(), text, status, id, body);
        return new CallException(
                CallException.FAILED,
                method + " failed; the server's log has the details under " + id,
                0,
                id,
                Map.of());
    }

    private static Throwable unwrapped(Throwable thrown) {
        Throwable error = thrown;
        while ((error instanceof CompletionException
                        || error instanceof ExecutionException
                        || error instanceof InvocationTargetException)
                && error.getCause() != null) {
            error = error.getCause();
        }
        return error;
    }

    private int status(Throwable error) {
        if (error instanceof ServiceException stated) return stated.status();
        ErrorStatus annotation = error.getClass().getAnnotation(ErrorStatus.class);
        if (annotation != null) return annotation.value();
        for (Class<?> type = error.getClass(); type != null; type = type.getSuperclass()) {
            Integer mapped = statuses.get(type);
            if (mapped != null) return mapped;
        }
        return 0;
    }

    private static String message(Throwable error) {
        String message = error.getMessage();
        return message == null ? error.getClass().getSimpleName() : message;
    }

    private static String id() {
        byte[] random = new byte[6];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
