package dev.kitbridge.server.internal;

import dev.kitbridge.server.Revalidation;
import dev.kitbridge.server.internal.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A revalidation and its result as JSON, as the app and operators write and read them. */
public final class RevalidationJson {

    private static final Set<String> MEMBERS = Set.of("paths", "tags", "all");

    private RevalidationJson() {}

    /**
     * Parses an object with {@code paths}, {@code tags} or {@code all}.
     *
     * @throws IllegalArgumentException if the text is anything else, or names nothing; the message says so
     */
    public static Revalidation parse(String json) {
        Object value;
        try {
            value = Json.read(json.getBytes(StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the revalidation is not valid JSON", e);
        }
        if (!(value instanceof Map<?, ?> members)) throw new IllegalArgumentException("the revalidation is no object");
        for (Object name : members.keySet()) {
            if (!MEMBERS.contains(name)) {
                throw new IllegalArgumentException("'" + name + "' is unknown; expected paths, tags or all");
            }
        }
        Object all = members.get("all");
        if (all != null && !(all instanceof Boolean)) throw new IllegalArgumentException("'all' is no boolean");
        Revalidation parsed =
                new Revalidation(strings(members, "paths"), strings(members, "tags"), Boolean.TRUE.equals(all));
        if (parsed.paths().isEmpty() && parsed.tags().isEmpty() && !parsed.all()) {
            throw new IllegalArgumentException("the revalidation names nothing; expected paths, tags or all");
        }
        return parsed;
    }

    private static Set<String> strings(Map<?, ?> members, String name) {
        @Nullable Object value = members.get(name);
        if (value == null) return Set.of();
        Set<String> strings = new LinkedHashSet<>();
        if (!(value instanceof List<?> list)) throw new IllegalArgumentException("'" + name + "' is no array");
        for (Object item : list) {
            if (!(item instanceof String text))
                throw new IllegalArgumentException("'" + name + "' has no strings only");
            strings.add(text);
        }
        return strings;
    }

    /** Returns an object with {@code unreached}. */
    public static String write(Revalidation.Result result) {
        return Json.write(Map.of("unreached", result.unreached()));
    }
}
