package dev.kitbridge.maven.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.Adapter;
import dev.kitbridge.adapter.Builder;
import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.adapter.Supports;
import dev.kitbridge.maven.build.BuildRecord;
import dev.kitbridge.maven.failure.UserFailure;
import dev.kitbridge.maven.recorded.RecordedBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recorded app reads a file in one route, and has an {@code instrumentation.server.js}. */
class SupportsCheckTest {

    @TempDir
    Path temp;

    private RecordedBuild build;

    @BeforeEach
    void build() throws IOException {
        build = RecordedBuild.unpack("kit3", temp);
    }

    private record Fixed(String name, Supports supports) implements Adapter {
        @Override
        public void adapt(Builder builder) {}
    }

    /** Refuses depending on the route's configuration, as an adapter for an edge network may. */
    private static final Supports BY_REGION = new Supports() {
        @Override
        public Supports.Answer read(RouteDefinition route) {
            return Supports.Answer.notSupported(
                    "there are no files in region '" + route.config().get("region") + "'");
        }

        @Override
        public Supports.Answer instrumentation() {
            return Supports.Answer.notSupported("nothing runs there before a request");
        }
    };

    private SupportsCheck check(Supports... supports) {
        List<ConfiguredAdapter> adapters = new ArrayList<>();
        for (int i = 0; i < supports.length; i++) {
            String id = "adapter" + i;
            adapters.add(new ConfiguredAdapter(id, id, "some.jar", Map.of(), new Fixed(id, supports[i])));
        }
        return new SupportsCheck(build.record(), adapters);
    }

    @Test
    void theTableHasARowForEachFeatureAndAdapter() {
        assertThat(check(Supports.EVERYTHING, Supports.NOTHING, BY_REGION).table())
                .containsExactly(
                        "route             feature          adapter   answer",
                        "/files/[...path]  read             adapter0  supported",
                        "/files/[...path]  read             adapter1  not supported",
                        "/files/[...path]  read             adapter2  refused: there are no files in region 'south'",
                        "*                 instrumentation  adapter0  supported",
                        "*                 instrumentation  adapter1  not supported",
                        "*                 instrumentation  adapter2  refused: nothing runs there before a request");
    }

    /** Keeps pages, but none of that region. */
    private static final Supports KEEPING = new Supports() {
        @Override
        public Supports.Answer read(RouteDefinition route) {
            return Supports.Answer.SUPPORTED;
        }

        @Override
        public Supports.Answer instrumentation() {
            return Supports.Answer.SUPPORTED;
        }

        @Override
        public Supports.Answer pageCache(RouteDefinition route) {
            return Supports.Answer.notSupported(
                    "config.isr is " + route.config().get("isr"));
        }
    };

    @Test
    void aRuleOfThePageCacheThatCannotWorkFailsWithTheRoute() throws IOException {
        assertThatCode(() -> check(KEEPING).enforce()).doesNotThrowAnyException();
        Path json = build.scratch().resolve("build.json");
        Files.writeString(
                json, Files.readString(json).replaceAll("\"region\": ?\"south\"", "\"region\":\"south\",\"isr\":7"));
        BuildRecord record = Objects.requireNonNull(BuildRecord.read(json));
        ConfiguredAdapter keeping =
                new ConfiguredAdapter("keeping", "keeping", "some.jar", Map.of(), new Fixed("keeping", KEEPING));
        ConfiguredAdapter ignoring =
                new ConfiguredAdapter("other", "other", "some.jar", Map.of(), new Fixed("other", Supports.EVERYTHING));
        SupportsCheck check = new SupportsCheck(record, List.of(keeping, ignoring));
        assertThat(check.table())
                .contains("/files/[...path]  page cache       keeping  refused: config.isr is 7")
                .noneMatch(line -> line.contains("page cache") && line.contains("other"));
        assertThatThrownBy(check::enforce)
                .isInstanceOf(UserFailure.class)
                .hasMessage("Adapter 'keeping' cannot keep the pages of src/routes/files/[...path]: config.isr is 7");
    }

    @Test
    void aSupportedFeatureIsNoFailure() {
        assertThatCode(() -> check(Supports.EVERYTHING).enforce()).doesNotThrowAnyException();
        assertThatCode(() -> check().enforce()).doesNotThrowAnyException();
    }

    @Test
    void aFeatureWithoutSupportIsReportedWithAFix() {
        SupportsCheck check = check(Supports.NOTHING);
        assertThatThrownBy(check::enforce)
                .isInstanceOf(UserFailure.class)
                .hasMessage("Adapter 'adapter0' does not support 'read' from $app/server, which is used in"
                        + " src/routes/files/[...path]; prerender that route, or use an adapter that runs a server\n"
                        + "Adapter 'adapter0' does not support instrumentation.server.js, which the app has; remove the"
                        + " file, or use an adapter that runs a server");
    }

    @Test
    void aRefusalContainsTheAdaptersReason() {
        SupportsCheck check = check(Supports.EVERYTHING, BY_REGION);
        assertThatThrownBy(check::enforce)
                .isInstanceOf(UserFailure.class)
                .hasMessage("Adapter 'adapter1' does not support 'read' from $app/server, which is used in"
                        + " src/routes/files/[...path]: there are no files in region 'south'\n"
                        + "Adapter 'adapter1' does not support instrumentation.server.js, which the app has: nothing"
                        + " runs there before a request");
    }

    /** A reason that is a complete error message. */
    @Test
    void aReasonThatNamesTheRouteIsNotExtended() {
        Supports atTheEdge = new Supports() {
            @Override
            public Supports.Answer read(RouteDefinition route) {
                return Supports.Answer.notSupported("'read' in src/routes" + route.id() + " would need a file system");
            }

            @Override
            public Supports.Answer instrumentation() {
                return Supports.Answer.SUPPORTED;
            }
        };
        assertThatThrownBy(check(atTheEdge)::enforce)
                .hasMessage("Adapter 'adapter0': 'read' in src/routes/files/[...path] would need a file system");
    }

    /** The answers of the adapter in Java do not count. */
    @Test
    void anAdapterInJavaScriptHasAnsweredDuringTheBuild() throws IOException {
        build = build.withJavaScriptAdapter(
                new BuildRecord.Ran("adapter0", Map.of("/files/[...path]", true), true, List.of()));
        assertThatCode(() -> check(Supports.NOTHING).enforce()).doesNotThrowAnyException();

        build = RecordedBuild.unpack("kit3", Files.createDirectories(temp.resolve("other")))
                .withJavaScriptAdapter(
                        new BuildRecord.Ran("adapter0", Map.of("/files/[...path]", "no disk"), false, List.of()));
        assertThatThrownBy(() -> check(Supports.EVERYTHING).enforce())
                .hasMessage("Adapter 'adapter0' does not support 'read' from $app/server, which is used in"
                        + " src/routes/files/[...path]: no disk\n"
                        + "Adapter 'adapter0' does not support instrumentation.server.js, which the app has; remove the"
                        + " file, or use an adapter that runs a server");
    }

    @Test
    void theTableReportsAnAppWithoutFeatures() {
        assertThat(check().table()).containsExactly("The app uses no feature that needs the support of an adapter");
    }
}
