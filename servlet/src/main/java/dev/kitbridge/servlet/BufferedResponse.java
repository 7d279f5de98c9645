package dev.kitbridge.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import java.util.List;

/**
 * Responses with an output stream of a filter, which may keep the content until the rest of the chain has returned: to
 * compute an ETag or to log it. An asynchronous response has no content then.
 */
final class BufferedResponse {

    /** Packages whose wrappers pass the content on at once. */
    private static final List<String> PASSING =
            List.of("org.springframework.security.", "org.springframework.session.", "jakarta.servlet.");

    /** Whether the wrappers of a class have an output stream of their own that is not known to pass content on. */
    private static final ClassValue<Boolean> OWN_STREAM = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            try {
                String owner =
                        type.getMethod("getOutputStream").getDeclaringClass().getName();
                return PASSING.stream().noneMatch(owner::startsWith);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(type + " has no " + ServletOutputStream.class.getName(), e);
            }
        }
    };

    private BufferedResponse() {}

    /** Returns whether a filter may keep the content of a response. */
    static boolean is(ServletResponse response) {
        ServletResponse each = response;
        while (each instanceof ServletResponseWrapper wrapper) {
            if (OWN_STREAM.get(wrapper.getClass())) return true;
            each = wrapper.getResponse();
        }
        return false;
    }
}
