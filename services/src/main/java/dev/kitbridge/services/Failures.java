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

/** Decides what an app learns of an exception, and logs the rest. */
final class Failures {

    private static final System.Logger LOG = System.getLogger(Failures.class.getName());

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<Class<? extends Throwable>, Integer> statuses;

    /** @param statuses of exceptions that cannot be annotated */
    Failures(Map<Class<? extends Throwable>, Integer> statuses) {
        this.statuses = Map.copyOf(statuses);
    }

    /**
     * @param method which failed, {@code catalog.search}
     * @param request on whose behalf, names it in the log
     * @return with the exception's own words only where it has a status
     */
    @SuppressWarnings("CatchingUnchecked")
    Trouble of(Throwable thrown, String method, String request) {
        try {
            return judged(thrown, method, request);
        } catch (Throwable e) {
            // an exception's own methods throw, or there is no memory: the caller is not to wait for an answer
            return new Trouble(Trouble.FAILED, method + " failed, with an exception that could not be looked at");
        }
    }

    private Trouble judged(Throwable thrown, String method, String request) {
        Throwable error = unwrapped(thrown);
        if (error instanceof Trouble.Refused refused) return refused.trouble();
        int status = status(error);
        if (status >= 400 && status < 500) {
            LOG.log(Level.DEBUG, () -> method + " answered " + status + ": " + error);
            return new Trouble(error.getClass().getSimpleName(), message(error), status, null);
        }
        String id = id();
        ServiceFrames.cut(error);
        LOG.log(Level.ERROR, method + " failed (" + id + ", request " + request + ")", error);
        if (status >= 500) return new Trouble(error.getClass().getSimpleName(), message(error), status, id);
        return new Trouble(Trouble.FAILED, method + " failed; the server's log says why under " + id, 0, id);
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
