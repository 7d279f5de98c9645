package dev.kitbridge.adapters.npm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonOptionsTest {

    @Test
    void withoutOptionsThereAreNone() {
        assertThat(JsonOptions.of(null)).isEmpty();
        assertThat(JsonOptions.of("")).isEmpty();
    }

    @Test
    void aTextHasTheTypeThatItHasInJson() {
        assertThat(option("true")).isEqualTo(true);
        assertThat(option("false")).isEqualTo(false);
        assertThat(option("null")).isNull();
        assertThat(option("8080")).isEqualTo(8080);
        assertThat(option("-0.5")).isEqualTo(-0.5);
        assertThat(option("1e3")).isEqualTo(1000.0);
        assertThat(option(" [1, \"a\"] ")).isEqualTo(List.of(1, "a"));
        assertThat(option("{\"a\": {\"b\": [true]}}")).isEqualTo(Map.of("a", Map.of("b", List.of(true))));
    }

    @ParameterizedTest
    @CsvSource({"build", "007", "+1", "1.", ".5", "0x10", "7.2.9", "True", "undefined", "NaN", "*.js", "''"})
    void anyOtherTextIsAString(String text) {
        assertThat(option(text)).isEqualTo(text);
    }

    @Test
    void quotationMarksMakeAString() {
        assertThat(option("\"8080\"")).isEqualTo("8080");
        assertThat(option("\"[a-z]\"")).isEqualTo("[a-z]");
    }

    @Test
    void elementsAreObjectsAndLists() {
        assertThat(option(Map.of("item", "1"))).isEqualTo(List.of(1));
        assertThat(option(Map.of("item", List.of("1", "b")))).isEqualTo(List.of(1, "b"));
        assertThat(option(List.of("a", "null"))).isEqualTo(Arrays.asList("a", null));
        assertThat(option(Map.of("item", "1", "other", "2"))).isEqualTo(Map.of("item", 1, "other", 2));
        assertThat(option(Map.of("a", Map.of("b", "true")))).isEqualTo(Map.of("a", Map.of("b", true)));
    }

    @Test
    void allOptionsCanBeOneJsonText() {
        assertThat(JsonOptions.of("\n  {\"out\": \"site\", \"port\": 80}\n"))
                .isEqualTo(Map.of("out", "site", "port", 80));
        assertThatThrownBy(() -> JsonOptions.of("fast"))
                .hasMessage("<options> is 'fast'; expected child elements, or JSON in braces: {\"out\": \"build\"}");
        assertThatThrownBy(() -> JsonOptions.of("[1]")).hasMessageStartingWith("<options> is '[1]'; expected");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {"[a-z]*", "{a: 1}", "\"open", "[1] 2"})
    void aTextThatOnlyBeginsAsJsonIsAnError(String text) {
        assertThatThrownBy(() -> option(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("<option> is '" + text + "', which begins as JSON does, but is none: ")
                .hasMessageEndingWith("; write a text that begins so as a string of JSON, in quotation marks");
    }

    private static Object option(Object value) {
        return JsonOptions.of(Map.of("option", value)).get("option");
    }
}
