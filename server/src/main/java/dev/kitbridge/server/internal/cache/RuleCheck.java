package dev.kitbridge.server.internal.cache;

import dev.kitbridge.server.internal.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks the rule of a route when the app is built. */
public final class RuleCheck {

    private RuleCheck() {}

    /**
     * Returns why a rule cannot work, and what to do; null if it works.
     *
     * @param config of the route, with {@code cache} or {@code isr}
     * @param prerendered whether the route is always prerendered
     */
    public static @Nullable String problem(Map<String, Object> config, boolean prerendered) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (String name : new String[] {"cache", "isr"}) {
            Object value = config.get(name);
            if (value != null && !Boolean.FALSE.equals(value)) members.put(name, value);
        }
        if (members.isEmpty()) return null;
        try {
            Rule.parse(Json.write(members));
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
        // isr has no effect there, as on Vercel
        if (!prerendered || !members.containsKey("cache")) return null;
        return "config.cache has no effect, since the route is prerendered; remove it, or set config.cache to false there if"
                + " a layout hands it down";
    }
}
