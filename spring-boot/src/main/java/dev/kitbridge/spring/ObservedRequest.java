package dev.kitbridge.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/** A request that tells whether anything was asked of it. */
final class ObservedRequest extends HttpServletRequestWrapper {

    private final HttpServletRequest original;
    private final AtomicBoolean read;

    private ObservedRequest(HttpServletRequest observed, HttpServletRequest original, AtomicBoolean read) {
        super(observed);
        this.original = original;
        this.read = read;
    }

    /** @param read set to true by each call of a method */
    static HttpServletRequest of(HttpServletRequest original, AtomicBoolean read) {
        HttpServletRequest observed = (HttpServletRequest) Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> {
                    read.set(true);
                    try {
                        return method.invoke(original, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return new ObservedRequest(observed, original, read);
    }

    /** For callers that look for a wrapper below this one. */
    @Override
    public HttpServletRequest getRequest() {
        read.set(true);
        return original;
    }
}
