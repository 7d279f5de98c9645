package dev.kitbridge.adapters.npm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Converts the elements below {@code <options>} to values of JSON.
 *
 * <p>An element with children is an object, or a list if all of its children are named {@code item}. Elements of one
 * name are a list. The text of an element is a boolean, a number or null if it is one in JSON; a text that begins with
 * a brace, a bracket or a quotation mark is JSON; any other text is a string.
 */
final class JsonOptions {

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonOptions() {}

    /**
     * Converts the value of {@code <options>}.
     *
     * @param options a text, or a map of texts, maps and lists; null: no options
     * @throws IllegalArgumentException if it is no object
     */
    @SuppressWarnings("unchecked")
    static Map<String, Object> of(@Nullable Object options) {
        if (options == null || options.equals("")) return Map.of();
        if (value("options", options) instanceof Map<?, ?> map) return (Map<String, Object>) map;
        throw new IllegalArgumentException(
                "<options> is '" + options + "'; expected child elements, or JSON in braces: {\"out\": \"build\"}");
    }

    private static @Nullable Object value(String name, Object given) {
        if (given instanceof String text) return text(name, text.strip());
        if (given instanceof List<?> list) return list(name, list);
        Map<?, ?> children = (Map<?, ?>) given;
        Object items = children.get("item");
        if (items != null && children.size() == 1) {
            return items instanceof List<?> list ? list(name, list) : list(name, List.of(items));
        }
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        children.forEach((child, value) -> object.put((String) child, value((String) child, value)));
        return object;
    }

    private static List<@Nullable Object> list(String name, List<?> items) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Object item : items) values.add(value(name, item));
        return values;
    }

    private static @Nullable Object text(String name, String text) {
        boolean json = text.startsWith("{") || text.startsWith("[") || text.startsWith("\"");
        boolean word = text.equals("true") || text.equals("false") || text.equals("null");
        if (!json && !word && !NUMBER.matcher(text).matches()) return text;
        try {
            return JSON.readValue(text, Object.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "<" + name + "> is '" + text + "', which begins as JSON does, but is none: "
                            + e.getOriginalMessage()
                            + "; write a text that begins so as a string of JSON, in quotation marks",
                    e);
        }
    }
}
