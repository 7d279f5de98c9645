package dev.kitbridge.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the public and protected members of an artifact with the listing in {@code compatibility/api}. Each change
 * of a public API is therefore visible in the diff of its commit.
 */
@ParameterizedClass
@ValueSource(
        strings = {
            "adapter-api",
            "kitbridge-adapter-test",
            "kitbridge-platform",
            "kitbridge-server",
            "kitbridge-services",
            "kitbridge-servlet",
            "kitbridge-spring-boot-starter"
        })
class PublicApiTest {

    @Parameter
    String artifactId;

    @Test
    void thePublicApiIsTheListedOne() throws IOException {
        Path listed = Path.of("api", artifactId + ".txt");
        Path found = Files.createDirectories(Path.of("target", "api")).resolve(artifactId + ".txt");
        List<String> api = Artifact.named(artifactId).api();
        Files.write(found, api);

        assertThat(api)
                .as(
                        "The public API of %s differs from compatibility/%s. If the change is intended and"
                                + " docs/compatibility.md permits it: cp compatibility/%s compatibility/%s",
                        artifactId, listed, found, listed)
                .containsExactlyElementsOf(Files.exists(listed) ? Files.readAllLines(listed) : List.of());
    }

    @Test
    void noSignatureHasAnInternalType() throws IOException {
        assertThat(Artifact.named(artifactId).api()).noneMatch(line -> line.contains(".internal."));
    }
}
