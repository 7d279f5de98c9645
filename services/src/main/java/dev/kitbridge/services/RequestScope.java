package dev.kitbridge.services;

import dev.kitbridge.platform.CallContext;
import dev.kitbridge.platform.PageCache;
import dev.kitbridge.server.RequestContext;
import dev.kitbridge.server.RequestContexts;
import dev.kitbridge.server.internal.json.Json;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A request of a worker: the context of its calls of services. */
final class RequestScope {

    private final CallContext context;

    private final PageCache pageCache;

    /** The front's context of the request, or null. */
    private final @Nullable RequestContext request;

    /** Number of its running calls. */
    final AtomicInteger calls = new AtomicInteger();

    private volatile boolean closed;

    private RequestScope(CallContext context, @Nullable RequestContext request, PageCache pageCache) {
        this.context = context;
        this.pageCache = pageCache;
        this.request = request;
    }

    /**
     * @param json an object with the optional strings {@code id}, {@code traceparent}, {@code language} (the value of
     *     {@code Accept-Language}), {@code principal} and {@code context}, the key of the front's context
     * @param pageCache of the server
     * @throws IllegalArgumentException if it is anything else
     */
    static RequestScope of(ByteBuffer json, RequestContexts requests, PageCache pageCache) {
        byte[] bytes = new byte[json.remaining()];
        json.get(bytes);
        Object value;
        try {
            value = Json.read(bytes);
        } catch (tools.jackson.core.JacksonException e) {
            throw new IllegalArgumentException("the context of a request is not valid JSON", e);
        }
        if (!(value instanceof Map<?, ?> members))
            throw new IllegalArgumentException("the context of a request is not a JSON object");
        String id = text(members, "id");
        String key = text(members, "context");
        CallContext context = new CallContext(
                id == null ? "" : id,
                text(members, "traceparent"),
                locale(text(members, "language")),
                text(members, "principal"));
        return new RequestScope(context, key == null ? null : requests.find(key), pageCache);
    }

    private static @Nullable String text(Map<?, ?> members, String name) {
        Object value = members.get(name);
        if (value == null || value instanceof String) return (String) value;
        throw new IllegalArgumentException("'" + name + "' in the context of a request is not a string");
    }

    private static Locale locale(@Nullable String language) {
        if (language == null || language.isBlank()) return Locale.ROOT;
        try {
            List<Locale.LanguageRange> ranges = Locale.LanguageRange.parse(language);
            String first = ranges.isEmpty() ? "*" : ranges.get(0).getRange();
            return first.equals("*") ? Locale.ROOT : Locale.forLanguageTag(first);
        } catch (IllegalArgumentException e) {
            // an invalid Accept-Language
            return Locale.ROOT;
        }
    }

    /** Marks the request as ended. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    CallContext context() {
        return context;
    }

    /** Runs a part of a call in the context of the request. */
    void call(Callable<?> work) throws Exception {
        Callable<?> called = () -> pageCache.call(() -> context.call(work));
        if (request == null) called.call();
        else request.call(called);
    }
}
