package dev.kitbridge.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The contexts of the requests that workers have, by keys that workers send back when they call a service. */
public final class RequestContexts {

    private final Map<String, RequestContext> contexts = new ConcurrentHashMap<>();
    private final AtomicLong keys = new AtomicLong();

    /** Adds the context of a request. Returns its key. */
    public String add(RequestContext context) {
        String key = Long.toString(keys.incrementAndGet(), 36);
        contexts.put(key, context);
        return key;
    }

    /** Removes the context of a request that has ended. */
    public void remove(String key) {
        contexts.remove(key);
    }

    /** Returns the context, or null if the request has ended. */
    public @Nullable RequestContext find(String key) {
        return contexts.get(key);
    }
}
