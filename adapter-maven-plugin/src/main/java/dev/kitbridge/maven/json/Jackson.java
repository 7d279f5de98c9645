package dev.kitbridge.maven.json;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The plugin's one JSON mapper: to make a second one costs more than most that is done with it. */
public final class Jackson {

    /** Refuses what the type to be read does not know. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Jackson() {}

    /** A value as text that is the same in every JVM: {@link java.util.Map#of} has another order in each. */
    public static String sorted(Object value) {
        return MAPPER.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).writeValueAsString(value);
    }
}
