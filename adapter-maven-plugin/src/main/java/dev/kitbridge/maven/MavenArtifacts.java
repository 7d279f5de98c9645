package dev.kitbridge.maven;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Project.Dependency;
import dev.kitbridge.maven.builder.Artifacts;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;

/**
 * Artifacts of Maven's repositories.
 *
 * @param remotes those for plugins
 */
record MavenArtifacts(RepositorySystem repositories, RepositorySystemSession session, List<RemoteRepository> remotes)
        implements Artifacts {

    @Override
    public List<Dependency> resolve(String groupId, String artifactId, String version) {
        Artifact root = new DefaultArtifact(groupId, artifactId, "jar", version);
        CollectRequest collect = new CollectRequest(new org.eclipse.aether.graph.Dependency(root, "runtime"), remotes);
        try {
            List<Dependency> resolved = new ArrayList<>();
            for (ArtifactResult result : repositories
                    .resolveDependencies(
                            session,
                            new DependencyRequest(
                                    collect,
                                    (node, parents) ->
                                            isNeeded(node) && parents.stream().allMatch(MavenArtifacts::isNeeded)))
                    .getArtifactResults()) {
                Artifact artifact = result.getArtifact();
                String classifier = artifact.getClassifier();
                resolved.add(new Dependency(
                        artifact.getGroupId(),
                        artifact.getArtifactId(),
                        artifact.getBaseVersion(),
                        classifier.isEmpty() ? null : classifier,
                        artifact.getFile().toPath()));
            }
            return resolved;
        } catch (DependencyResolutionException e) {
            throw new AdapterException(
                    groupId + ":" + artifactId + ":" + version + " could not be resolved: " + e.getMessage()
                            + (session.isOffline()
                                    ? "; run 'mvn adapter:go-offline' with a network first"
                                    : "; expected it in a repository that Maven has for plugins"),
                    e);
        }
    }

    /** Maven's session leaves out test and provided dependencies, but not the optional ones of the artifact itself. */
    private static boolean isNeeded(DependencyNode node) {
        return node.getDependency() == null || !node.getDependency().isOptional();
    }
}
