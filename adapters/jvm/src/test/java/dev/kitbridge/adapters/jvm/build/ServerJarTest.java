package dev.kitbridge.adapters.jvm.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.adapter.Project.Dependency;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerJarTest {

    @TempDir
    Path temp;

    private Dependency jar(String artifactId, Map<String, String> entries) throws IOException {
        Path jar = temp.resolve(artifactId + ".jar");
        try (JarOutput out = new JarOutput(jar, null)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) out.write(entry.getKey(), entry.getValue());
        }
        return new Dependency("org.example", artifactId, "1.0", null, jar);
    }

    private Map<String, String> merged(Dependency... artifacts) throws IOException {
        Path file = temp.resolve("merged.jar");
        ServerJar.write(List.of(artifacts), file);
        Map<String, String> entries = new LinkedHashMap<>();
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }

    @Test
    void ofTwoEntriesOfOneNameTheFirstCounts() throws IOException {
        Map<String, String> merged = merged(
                jar("one", Map.of("a/A.class", "one", "a/only.txt", "1")), jar("two", Map.of("a/A.class", "two")));
        assertThat(merged).containsOnly(Map.entry("a/A.class", "one"), Map.entry("a/only.txt", "1"));
    }

    @Test
    void providersOfAllJarsAreListed() throws IOException {
        String name = "META-INF/services/org.example.Spi";
        Map<String, String> merged = merged(
                jar("one", Map.of(name, "# comment\norg.example.One # first\n")),
                jar("two", Map.of(name, "org.example.Two\norg.example.One")));
        assertThat(merged).containsOnly(Map.entry(name, "org.example.One\norg.example.Two\n"));
    }

    @Test
    void licencesStayWithTheNameOfTheirArtifact() throws IOException {
        Map<String, String> merged = merged(
                jar("one", Map.of("META-INF/LICENSE", "1", "META-INF/NOTICE.txt", "n")),
                jar("two", Map.of("LICENSE.md", "2", "about.html", "about")));
        assertThat(merged)
                .containsOnly(
                        Map.entry("META-INF/licenses/one/LICENSE", "1"),
                        Map.entry("META-INF/licenses/one/NOTICE.txt", "n"),
                        Map.entry("META-INF/licenses/two/LICENSE.md", "2"),
                        Map.entry("META-INF/licenses/two/about.html", "about"));
    }

    @Test
    void manifestsSignaturesAndModuleDescriptorsAreLeftOut() throws IOException {
        Map<String, String> merged = merged(jar(
                "one",
                Map.of(
                        "META-INF/MANIFEST.MF", "Manifest-Version: 1.0",
                        "META-INF/SIGNER.SF", "",
                        "META-INF/SIGNER.RSA", "",
                        "META-INF/maven/org.example/one/pom.xml", "",
                        "META-INF/versions/9/module-info.class", "",
                        "module-info.class", "",
                        "META-INF/versions/17/a/A.class", "kept")));
        assertThat(merged).containsOnlyKeys("META-INF/versions/17/a/A.class");
    }
}
