package dev.kitbridge.server.internal;

import dev.kitbridge.server.internal.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A worker's report about a response, for a handler that may keep it. */
public final class Report {

    private final Set<String> used = ConcurrentHashMap.newKeySet();

    private final Set<String> tags = ConcurrentHashMap.newKeySet();

    private volatile String rule = "";

    /** Returns JSON of {@code cache} and {@code isr} in the configuration of the route; empty if it has neither. */
    public String rule() {
        return rule;
    }

    /** Sets the configuration of the route. */
    public void rule(String json) {
        rule = json;
    }

    /**
     * Returns the names of the members of {@code event.platform} that the app asked for. They include {@code *} if it
     * listed the members, {@code address} for the client's address, and {@code loopback} if it fetched from the front.
     * Complete when the body is.
     */
    public Set<String> used() {
        return used;
    }

    /** Returns the tags that the app added while it rendered. Complete when the body is. */
    public Set<String> tags() {
        return tags;
    }

    /** Adds tags: a JSON array, or an empty text. A value that is no tag stands for too many. */
    public void tag(String json) {
        if (json.isEmpty()) return;
        Object values = Json.read(json.getBytes(StandardCharsets.ISO_8859_1));
        if (!(values instanceof List<?> list)) throw new IllegalArgumentException("tags are no JSON array: " + json);
        for (Object value : list) tags.add(String.valueOf(value));
    }

    /** Adds what the worker knows at the end of a body: names as {@link #use} takes them, NUL, tags. */
    public void end(String text) {
        int separator = text.indexOf('\0');
        use(separator < 0 ? text : text.substring(0, separator));
        if (separator >= 0) tag(text.substring(separator + 1));
    }

    /** Adds names of members, separated by commas. */
    public void use(String names) {
        for (String name : names.split(",", -1)) {
            if (!name.isEmpty()) used.add(name);
        }
    }
}
