package dev.kitbridge.maven.json;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The plugin's one JSON mapper: to make a second one costs more than most that is done with it. */
public final class Json {

    /** Refuses what the type to be read does not know. */
    public static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}
}
