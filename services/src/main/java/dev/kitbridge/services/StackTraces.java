package dev.kitbridge.services;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Removes Kitbridge's own frames from the stack trace of a service's exception: they are the same for each call. */
final class StackTraces {

    /** Classes that call a service's code. */
    private static final Set<String> CALLERS = Set.of(
            Operation.class.getName(),
            ActiveCall.class.getName(),
            StreamItems.class.getName(),
            PublisherItems.class.getName());

    private StackTraces() {}

    /** Shortens the stack traces of the exception, its causes and their suppressed exceptions. */
    static void cut(Throwable error) {
        cut(error, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static void cut(Throwable error, Set<Throwable> seen) {
        if (!seen.add(error)) return;
        StackTraceElement[] frames = error.getStackTrace();
        int end = 0;
        while (end < frames.length && !isCaller(frames[end])) end++;
        while (end > 0 && end < frames.length && isReflection(frames[end - 1])) end--;
        if (end > 0 && end < frames.length) error.setStackTrace(Arrays.copyOf(frames, end));
        if (error.getCause() != null) cut(error.getCause(), seen);
        for (Throwable suppressed : error.getSuppressed()) cut(suppressed, seen);
    }

    private static boolean isCaller(StackTraceElement frame) {
        String name = frame.getClassName();
        int inner = name.indexOf('$');
        return CALLERS.contains(inner < 0 ? name : name.substring(0, inner));
    }

    private static boolean isReflection(StackTraceElement frame) {
        return frame.getClassName().startsWith("jdk.internal.reflect.")
                || frame.getClassName().equals("java.lang.reflect.Method");
    }
}
