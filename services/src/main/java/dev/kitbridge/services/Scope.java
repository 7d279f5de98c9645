package dev.kitbridge.services;

import dev.kitbridge.platform.CallContext;
import dev.kitbridge.server.json.Json;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A request within a worker, on whose behalf services are called. */
final class Scope {

    private final CallContext context;

    /** How many of its calls are under way. */
    final AtomicInteger calls = new AtomicInteger();

    private volatile boolean closed;

    private Scope(CallContext context) {
        this.context = context;
    }

    /**
     * @param json an object: {@code id}, {@code traceparent}, {@code language} (as in {@code Accept-Language}) and
     *     {@code principal}, each a text or not there
     * @throws IllegalArgumentException if it is something else
     */
    static Scope of(ByteBuffer json) {
        byte[] bytes = new byte[json.remaining()];
        json.get(bytes);
        Object value;
        try {
            value = Json.read(bytes);
        } catch (tools.jackson.core.JacksonException e) {
            throw new IllegalArgumentException("a context that is no JSON", e);
        }
        if (!(value instanceof Map<?, ?> members)) throw new IllegalArgumentException("a context that is no object");
        String id = text(members, "id");
        return new Scope(new CallContext(
                id == null ? "" : id,
                text(members, "traceparent"),
                locale(text(members, "language")),
                text(members, "principal")));
    }

    private static @Nullable String text(Map<?, ?> members, String name) {
        Object value = members.get(name);
        if (value == null || value instanceof String) return (String) value;
        throw new IllegalArgumentException("a context whose " + name + " is no text");
    }

    private static Locale locale(@Nullable String language) {
        if (language == null || language.isBlank()) return Locale.ROOT;
        try {
            List<Locale.LanguageRange> ranges = Locale.LanguageRange.parse(language);
            String first = ranges.isEmpty() ? "*" : ranges.get(0).getRange();
            return first.equals("*") ? Locale.ROOT : Locale.forLanguageTag(first);
        } catch (IllegalArgumentException e) {
            // a browser would not have sent it
            return Locale.ROOT;
        }
    }

    /** Its request is over. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    CallContext context() {
        return context;
    }
}
