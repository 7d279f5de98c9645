package dev.kitbridge.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares {@link Builder} with the interface {@code Builder} in {@code types/index.d.ts} of {@code @sveltejs/kit}
 * 2.70.4 and 3.2.0.
 */
class KitBuilderMembersTest {

    /** Members that both versions have. */
    private static final List<String> COMMON = List.of(
            "log",
            "config",
            "prerendered",
            "routes",
            "findServerAssets",
            "generateFallback",
            "generateEnvModule",
            "getBuildDirectory",
            "getClientDirectory",
            "getServerDirectory",
            "getAppPath",
            "writeClient",
            "writePrerendered",
            "writeServer",
            "copy",
            "hasServerInstrumentationFile",
            "instrument",
            "compress");

    /** Members that version 3 declares as deprecated, "removed in 3.0". */
    private static final List<String> KIT_2 = List.of("createEntries", "generateManifest");

    /** Members that version 3 has added. */
    private static final List<String> KIT_3 =
            List.of("manifest", "mimeTypes", "generateServerInstance", "createInstrumentationInitializer");

    /** The additions for Maven; {@code clear} stands for {@code rimraf} and {@code mkdirp}. */
    private static final List<String> MAVEN = List.of(
            "artifact",
            "clear",
            "writePackages",
            "bundleServer",
            "project",
            "outputDirectory",
            "attachArtifact",
            "javaScriptOutputs",
            "javaScriptRuntime",
            "previousReleases");

    @Test
    void theBuilderHasEveryMemberOfBothVersions() {
        Set<String> expected = Stream.of(COMMON, KIT_2, KIT_3, MAVEN)
                .flatMap(List::stream)
                .map(KitBuilderMembersTest::inJava)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(names(Arrays.stream(Builder.class.getMethods()))).isEqualTo(expected);
    }

    @Test
    void theMembersThatKit3HasRemovedAreMarked() {
        assertThat(names(marked(Builder.class))).isEqualTo(new TreeSet<>(KIT_2));
        assertThat(Arrays.stream(Builder.class.getDeclaredClasses()).filter(KitBuilderMembersTest::isMarked))
                .containsExactly(Builder.EntryPoint.class);
    }

    @Test
    void aReplacementIsAMemberThatIsNotMarked() {
        Set<String> members = names(Arrays.stream(Builder.class.getMethods()).filter(method -> !isMarked(method)));
        assertThat(marked(Builder.class)
                        .map(method -> method.getAnnotation(Kit2Only.class).replacement()))
                .allMatch(members::contains);
        assertThat(members)
                .contains(Builder.EntryPoint.class.getAnnotation(Kit2Only.class).replacement());
    }

    /** {@code getAppPath()} is {@code appPath()}. */
    private static String inJava(String kit) {
        return kit.startsWith("get") ? kit.substring(3, 4).toLowerCase(Locale.ROOT) + kit.substring(4) : kit;
    }

    private static boolean isMarked(AnnotatedElement member) {
        return member.isAnnotationPresent(Kit2Only.class);
    }

    private static Stream<Method> marked(Class<?> type) {
        return Arrays.stream(type.getMethods()).filter(KitBuilderMembersTest::isMarked);
    }

    private static Set<String> names(Stream<Method> methods) {
        return methods.map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
    }
}
