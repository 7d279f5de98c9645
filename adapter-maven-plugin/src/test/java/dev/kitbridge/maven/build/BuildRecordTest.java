package dev.kitbridge.maven.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.adapter.Prerender;
import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.maven.recorded.RecordedBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class BuildRecordTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path temp;

    private interface Change {
        void apply(ObjectNode record);
    }

    /** Reads a recorded build after a replacement in its text. */
    private BuildRecord read(String kit, Change change) throws IOException {
        ObjectNode record = (ObjectNode) JSON.readTree(RecordedBuild.text(kit + "/build.json"));
        change.apply(record);
        return BuildRecord.read(Files.writeString(temp.resolve("build.json"), JSON.writeValueAsString(record)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kit3", "kit2"})
    void aRouteIsReadAsKitShowsIt(String kit) throws IOException {
        BuildRecord record = read(kit, json -> {});
        assertThat(record.schema()).isEqualTo(BuildRecord.SCHEMA);
        assertThat(record.routes())
                .extracting(BuildRecord.Route::definition)
                .contains(new RouteDefinition(
                        "/blog/[slug]",
                        new RouteDefinition.Methods(List.of()),
                        new RouteDefinition.Methods(List.of("GET")),
                        List.of(
                                new RouteDefinition.Segment("blog", false, false),
                                new RouteDefinition.Segment("[slug]", true, false)),
                        "^\\/blog\\/([^/]+?)\\/?$",
                        Prerender.AUTO,
                        List.of("GET"),
                        Map.of("region", "north", "limits", Map.of("seconds", 20))));
        assertThat(record.reads()).containsExactly("/files/[...path]");
    }

    @Test
    void theSampleHasEachComponentOfARecord() throws IOException {
        BuildRecord sample = BuildRecord.read(Files.writeString(temp.resolve("build.json"), BuildRecord.SAMPLE));
        assertThat(sample).hasNoNullFieldsOrPropertiesExcept("initializer");
        assertThat(sample.routes()).hasSize(1);
        assertThat(sample.server().routes()).hasSize(1);
    }

    @Test
    void aMissingOrBrokenRecordIsIgnored() throws IOException {
        assertThat(BuildRecord.read(temp.resolve("build.json"))).isNull();
        assertThat(BuildRecord.read(Files.writeString(temp.resolve("build.json"), "{\"schema\":1")))
                .isNull();
        assertThat(BuildRecord.read(Files.writeString(temp.resolve("build.json"), "")))
                .isNull();
    }

    @Test
    void aRecordOfAnotherFormatIsIgnored() throws IOException {
        assertThat(read("kit3", json -> json.put("somethingNew", true))).isNull();
        assertThat(read("kit3", json -> json.put("routes", "none"))).isNull();
    }

    @Test
    void aRecordOfAnotherSchemaIsRecognized() throws IOException {
        BuildRecord record = read("kit3", json -> json.put("schema", 99));
        assertThat(record).isNotNull();
        assertThat(record.schema()).isNotEqualTo(BuildRecord.SCHEMA);
    }

    @Test
    void theOriginIsWhereEachMajorHasIt() throws IOException {
        assertThat(read("kit2", json -> {}).buildConfig().origin()).isEqualTo("http://sveltekit-prerender");
        assertThat(read("kit3", json -> {}).buildConfig().origin()).isEmpty();
        BuildRecord set = read("kit3", json -> ((ObjectNode) json.path("config").path("paths"))
                .put("origin", "https://keepers.example"));
        assertThat(set.buildConfig().origin()).isEqualTo("https://keepers.example");
    }

    @Test
    void theConfigurationIsReadWhereItDiffersFromTheDefaults() throws IOException {
        BuildRecord record = read("kit3", json -> {
            ObjectNode config = (ObjectNode) json.path("config");
            config.put("appDir", "files");
            ((ObjectNode) config.path("paths"))
                    .put("base", "/shop")
                    .put("assets", "https://cdn.example")
                    .put("relative", false);
            ((ObjectNode) config.path("router")).put("type", "hash");
            ((ObjectNode) config.path("prerender"))
                    .putArray("entries")
                    .add("/a")
                    .add("*");
        });
        assertThat(record.buildConfig().appDir()).isEqualTo("files");
        assertThat(record.buildConfig().base()).isEqualTo("/shop");
        assertThat(record.buildConfig().assets()).isEqualTo("https://cdn.example");
        assertThat(record.buildConfig().relative()).isFalse();
        assertThat(record.buildConfig().hashRouting()).isTrue();
        assertThat(record.buildConfig().prerenderEntries()).containsExactly("/a", "*");
        assertThat(record.buildConfig().values()).containsEntry("appDir", "files");
    }

    @Test
    void anIncompleteConfigurationIsRead() throws IOException {
        BuildRecord record = read("kit2", json -> json.putObject("config"));
        assertThat(record.buildConfig().base()).isEmpty();
        assertThat(record.buildConfig().prerenderEntries()).isEmpty();
        assertThat(record.buildConfig().hashRouting()).isFalse();
    }
}
