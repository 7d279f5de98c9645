package dev.kitbridge.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterArtifactsTest {

    @TempDir
    Path folder;

    private final PluginDescriptor plugin = new PluginDescriptor();

    private static Artifact artifact(String groupId, String artifactId, String version) {
        return new DefaultArtifact(
                groupId, artifactId, version, "runtime", "jar", null, new DefaultArtifactHandler("jar"));
    }

    @Test
    void theApiIsTheOneAmongThePluginsOwnDependencies() {
        plugin.setVersion("0.9");
        plugin.setArtifacts(List.of(
                artifact("org.example", "adapter-api", "7.0"), artifact("dev.kitbridge", "adapter-api", "0.8")));
        assertThat(AdapterArtifacts.apiVersion(plugin)).isEqualTo("0.8");
    }

    @Test
    void aMissingApiHasTheVersionOfThePlugin() {
        plugin.setVersion("0.9");
        plugin.setArtifacts(List.of(artifact("org.example", "depot", "7.0")));
        assertThat(AdapterArtifacts.apiVersion(plugin)).isEqualTo("0.9");
    }

    @Test
    void coordinatesAreFoundByFile() throws IOException {
        Path jar = Files.createFile(folder.resolve("depot.jar"));
        Artifact depot = artifact("org.example", "depot", "7.0");
        depot.setFile(jar.toFile());
        // an artifact that was not resolved has no file
        plugin.setArtifacts(List.of(depot, artifact("org.example", "absent", "1.0")));
        assertThat(AdapterArtifacts.names(plugin)).containsOnly(Map.entry(jar.toString(), "org.example:depot:7.0"));
    }
}
