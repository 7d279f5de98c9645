package dev.kitbridge.maven.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class JsonTreeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "{}",
                "[]",
                "null",
                "\"caf\\u00e9 \\n\"",
                "[true, false, null, 0, -1, 2147483648, 9223372036854775808, 1.5, 1e3, \"\"]",
                "{\"a\": {\"b\": [{\"c\": 1}, []]}, \"a\": 2, \"\": \"empty name\"}",
            })
    void aTreeIsTheMappers(String text) {
        assertThat(JsonTree.read(text)).isEqualTo(Jackson.MAPPER.readTree(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[1",
                "[1,",
                "{\"a\"",
                "{\"a\":",
                "{\"a\": 1,",
                "{a: 1}",
                "// no",
                "tru",
                "{} {}",
                "{}]",
                "1 2",
                "\"a"
            })
    void whatTheMapperRejectsIsRejected(String text) {
        assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> Jackson.MAPPER.readTree(text));
        assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> JsonTree.read(text));
    }
}
