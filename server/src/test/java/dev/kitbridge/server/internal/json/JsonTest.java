package dev.kitbridge.server.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    private static Object read(String text) {
        return Json.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readReturnsTheWrittenValue() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("text", "\u00e9\u4e16\ud83d\ude00\0\n\"");
        value.put("numbers", List.of(1L, -5L, 0.25));
        value.put("flags", Arrays.asList(true, false, null));
        value.put("empty", List.of(Map.of(), List.of(), ""));
        String text = Json.write(value);
        assertThat(text).matches("\\p{ASCII}*").doesNotContain("\0");
        assertThat(read(text)).isEqualTo(value);
    }

    @Test
    void numbersOfAllKinds() {
        assertThat(Json.write(List.of(1, (short) 2, 3L, 1.5f, 2.5))).isEqualTo("[1,2,3,1.5,2.5]");
    }

    @Test
    void valuesWithoutAJsonType() {
        assertThatThrownBy(() -> Json.write(Map.of("when", java.time.Instant.EPOCH)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "JSON has no java.time.Instant; expected strings, numbers, booleans, null, lists and maps of"
                                + " them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,", "{\"a\"", "{\"a\":}", "nul", "[1 2]", "\"abc", "{\"a\":[}"})
    void invalidJson(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(RuntimeException.class);
    }
}
