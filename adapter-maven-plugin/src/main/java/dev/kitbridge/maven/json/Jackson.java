package dev.kitbridge.maven.json;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The plugin's JSON mapper. It is shared because creating one takes longer than most reads. */
public final class Jackson {

    /** Fails on properties that the type does not have. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Jackson() {}

    /**
     * Writes a value with sorted keys, so that the text is the same in every JVM: the order of {@link java.util.Map#of}
     * differs.
     */
    public static String sorted(Object value) {
        return MAPPER.writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).writeValueAsString(value);
    }
}
