package dev.kitbridge.maven;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.maven.plugins.annotations.Mojo;
import org.junit.jupiter.api.Test;

/** Eclipse marks an execution of a goal that the m2e metadata does not name as an error. */
class LifecycleMappingTest {

    @Test
    void everyGoalHasAMapping() throws IOException {
        String metadata;
        try (InputStream in = getClass().getResourceAsStream("/META-INF/m2e/lifecycle-mapping-metadata.xml")) {
            metadata = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(Pattern.compile("<goal>(.*?)</goal>")
                        .matcher(metadata)
                        .results()
                        .map(match(1)))
                .doesNotHaveDuplicates()
                .containsAll(new ClassFileImporter()
                        .importPackagesOf(AppMojo.class).stream()
                                .filter(type -> type.isAnnotatedWith(Mojo.class))
                                .map(LifecycleMappingTest::goal)
                                .toList())
                .contains("adapt", "types", "help");
    }

    private static String goal(JavaClass type) {
        return (String)
                type.getAnnotationOfType(Mojo.class.getName()).get("name").orElseThrow();
    }

    private static java.util.function.Function<MatchResult, String> match(int group) {
        return result -> result.group(group);
    }
}
