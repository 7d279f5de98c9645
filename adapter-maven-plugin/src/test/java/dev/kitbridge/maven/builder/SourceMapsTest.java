package dev.kitbridge.maven.builder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.maven.recorded.RecordedBuild;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisabledOnOs(OS.WINDOWS)
class SourceMapsTest {

    private static final JsonMapper JSON = new JsonMapper();

    /** Source maps that kit 3 itself has moved. */
    static Stream<Arguments> recorded() throws IOException {
        JsonNode cases = JSON.readTree(RecordedBuild.text("source-maps.json"));
        return StreamSupport.stream(cases.spliterator(), false)
                .map(one -> Arguments.of(
                        one.get("text").asString(),
                        one.get("from").asString(),
                        one.get("to").asString(),
                        one.get("expected").isNull()
                                ? null
                                : one.get("expected").asString()));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void mapsReadAsKitRebasesThem(String text, String from, String to, @Nullable String expected) {
        // kit throws for JSON that is no object; Kitbridge copies it
        assertThat(SourceMaps.rebase(text, Path.of(from), Path.of(to))).isEqualTo(expected == null ? text : expected);
    }
}
