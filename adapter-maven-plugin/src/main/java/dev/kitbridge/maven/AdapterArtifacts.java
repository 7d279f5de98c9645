package dev.kitbridge.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipFile;
import org.apache.maven.RepositoryUtils;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.resolution.ArtifactDescriptorException;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;

/** The artifacts on the plugin's class path that hold adapters. */
final class AdapterArtifacts {

    private static final String SERVICE = "META-INF/services/dev.kitbridge.adapter.AdapterFactory";
    private static final String API = "adapter-api";

    private AdapterArtifacts() {}

    /** Returns the version of {@code adapter-api} that the plugin runs with. */
    static String apiVersion(PluginDescriptor plugin) {
        return plugin.getArtifacts().stream()
                .filter(artifact -> isApi(artifact.getGroupId(), artifact.getArtifactId()))
                .map(Artifact::getBaseVersion)
                .findFirst()
                .orElse(plugin.getVersion());
    }

    /** Returns the coordinates of each artifact by its file. */
    static Map<String, String> names(PluginDescriptor plugin) {
        Map<String, String> names = new LinkedHashMap<>();
        for (Artifact artifact : plugin.getArtifacts()) {
            if (artifact.getFile() != null) names.put(artifact.getFile().getPath(), name(artifact));
        }
        return names;
    }

    /** Returns the version of {@code adapter-api} that each adapter depends on, by the adapter's coordinates. */
    static Map<String, String> wantedApiVersions(
            PluginDescriptor plugin, RepositorySystem repositories, MavenSession session, MavenProject project)
            throws IOException {
        Map<String, String> wanted = new LinkedHashMap<>();
        for (Artifact artifact : plugin.getArtifacts()) {
            if (!holdsAdapter(artifact.getFile())) continue;
            ArtifactDescriptorRequest request = new ArtifactDescriptorRequest(
                    RepositoryUtils.toArtifact(artifact), project.getRemotePluginRepositories(), "plugin");
            try {
                for (Dependency dependency : repositories
                        .readArtifactDescriptor(session.getRepositorySession(), request)
                        .getDependencies()) {
                    org.eclipse.aether.artifact.Artifact api = dependency.getArtifact();
                    if (isApi(api.getGroupId(), api.getArtifactId())) wanted.put(name(artifact), api.getBaseVersion());
                }
            } catch (ArtifactDescriptorException e) {
                throw new IOException("the POM of " + name(artifact) + " cannot be read: " + e.getMessage(), e);
            }
        }
        return wanted;
    }

    private static boolean holdsAdapter(File file) throws IOException {
        if (file == null) return false;
        Path path = file.toPath();
        if (Files.isDirectory(path)) return Files.exists(path.resolve(SERVICE));
        if (!path.toString().endsWith(".jar")) return false;
        try (ZipFile zip = new ZipFile(file)) {
            return zip.getEntry(SERVICE) != null;
        }
    }

    private static boolean isApi(String groupId, String artifactId) {
        return groupId.equals("dev.kitbridge") && artifactId.equals(API);
    }

    private static String name(Artifact artifact) {
        return artifact.getGroupId() + ":" + artifact.getArtifactId() + ":" + artifact.getBaseVersion();
    }
}
