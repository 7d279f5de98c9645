package dev.kitbridge.maven.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.maven.build.BuildRecord;
import dev.kitbridge.maven.recorded.RecordedBuild;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ServerModuleTest {

    @TempDir
    Path temp;

    /** Kit's own text for the same routes. */
    @ParameterizedTest
    @CsvSource({
        "kit3, dynamic", "kit3, cart", "kit3, endpoints", "kit3, mixed", "kit3, nothing",
        "kit2, dynamic", "kit2, cart", "kit2, endpoints", "kit2, mixed", "kit2, nothing"
    })
    void aServerForSomeRoutesReadsAsKitWritesIt(String kit, String set) throws IOException {
        RecordedBuild build = RecordedBuild.unpack(kit, temp);
        JsonNode recorded = new JsonMapper().readTree(RecordedBuild.text(kit + "/kit.json"));
        JsonNode expected = recorded.path("texts").path(set);
        List<RouteDefinition> routes = routes(build, expected.get("ids"));
        ServerModule module = new ServerModule(build.record());
        String text = kit.equals("kit2") ? module.manifest("./server", routes) : module.module("./server", routes);
        // without routes, kit writes a line with indentation only
        assertThat(stripped(text)).isEqualTo(stripped(expected.get("text").asString()));
    }

    private static List<RouteDefinition> routes(RecordedBuild build, JsonNode ids) {
        List<RouteDefinition> all = build.record().routes().stream()
                .map(BuildRecord.Route::definition)
                .toList();
        if (ids.isNull())
            return all.stream()
                    .filter(route -> !route.prerender().name().equals("TRUE"))
                    .toList();
        Set<String> wanted = StreamSupport.stream(ids.spliterator(), false)
                .map(JsonNode::asString)
                .collect(Collectors.toSet());
        return all.stream().filter(route -> wanted.contains(route.id())).toList();
    }

    private static List<String> stripped(String text) {
        return text.strip().lines().map(String::stripTrailing).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kit3", "kit2"})
    void theModuleImportsFromWhereTheServerIs(String kit) throws IOException {
        ServerModule module = new ServerModule(RecordedBuild.unpack(kit, temp).record());
        String text = module.module("../elsewhere", List.of());
        assertThat(text)
                .contains("from '../elsewhere/index.js'")
                .contains("import('../elsewhere/nodes/0.js')")
                .contains("export const server = ")
                .doesNotContain("%");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kit3", "kit2"})
    void assetsAreThoseOfTheRoutes(String kit) throws IOException {
        ServerModule module = new ServerModule(RecordedBuild.unpack(kit, temp).record());
        assertThat(module.assets(Set.of("/raw"))).isEmpty();
        assertThat(module.assets(Set.of("/raw", "/files/[...path]")))
                .singleElement()
                .asString()
                .matches("_app/immutable/assets/manual\\.[\\w-]+\\.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kit3", "kit2"})
    void aManifestThatWasNotUnderstoodIsAnErrorOnlyWhereAServerIsWanted(String kit) throws IOException {
        BuildRecord whole = RecordedBuild.unpack(kit, temp).record();
        BuildRecord.Server broken = new BuildRecord.Server("no nodes", null, null, null, null, null, null);
        BuildRecord record = new BuildRecord(
                whole.schema(),
                whole.kit(),
                whole.vite(),
                whole.node(),
                whole.versionIsDefault(),
                whole.config(),
                whole.routesDirectory(),
                whole.prerendered(),
                whole.routes(),
                whole.manifest(),
                whole.mimeTypes(),
                whole.serverAssets(),
                whole.appPath(),
                whole.clientDirectory(),
                whole.serverDirectory(),
                whole.prerenderedDirectory(),
                whole.instrumented(),
                whole.initializer(),
                whole.reads(),
                whole.env(),
                whole.fallback(),
                broken,
                whole.adapters(),
                whole.inputs());
        ServerModule module = new ServerModule(record);
        assertThat(module.assets(Set.of())).isEmpty();
        assertThatThrownBy(() -> module.module(".", List.of()))
                .isInstanceOf(AdapterException.class)
                .hasMessageStartingWith("No server can be generated for SvelteKit " + whole.kit() + ": no nodes; ");
    }
}
