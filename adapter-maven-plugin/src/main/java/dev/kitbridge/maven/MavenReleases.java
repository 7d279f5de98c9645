package dev.kitbridge.maven;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Downloads;
import dev.kitbridge.adapter.Log;
import dev.kitbridge.maven.builder.Releases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.VersionRangeRequest;
import org.eclipse.aether.resolution.VersionRangeResolutionException;
import org.eclipse.aether.resolution.VersionRangeResult;
import org.eclipse.aether.transfer.MetadataNotFoundException;
import org.eclipse.aether.version.Version;
import org.jspecify.annotations.Nullable;

/**
 * Looks up releases of a module in Maven's repositories. Maven's update policy decides how often it asks a repository:
 * once a day by default, and with {@code -U}.
 *
 * @param repositories resolves versions and artifacts
 * @param session the session of Maven's resolver
 * @param remotes the module's remote repositories
 * @param module the module's own artifact
 */
record MavenReleases(
        RepositorySystem repositories, RepositorySystemSession session, List<RemoteRepository> remotes, Artifact module)
        implements Releases {

    /** Creates the lookup for a Maven module. */
    static MavenReleases of(MavenProject project, RepositorySystem repositories, RepositorySystemSession session) {
        Artifact module =
                new DefaultArtifact(project.getGroupId(), project.getArtifactId(), "pom", project.getVersion());
        return new MavenReleases(repositories, session, project.getRemoteProjectRepositories(), module);
    }

    @Override
    public List<Downloads.Release> newest(int count, String type, @Nullable String classifier, Log log) {
        List<Downloads.Release> found = new ArrayList<>();
        if (count <= 0) return found;
        if (session.isOffline()) {
            log.warn("Maven is offline: of earlier releases of " + name() + ", those in the local repository are used");
        }
        for (String version : versions()) {
            Optional<Path> file = file(version, type, classifier);
            if (file.isPresent()) {
                found.add(new Downloads.Release(version, file.get()));
                if (found.size() == count) break;
            } else {
                log.info("Release " + version + " of " + name() + " has no " + described(type, classifier)
                        + "; it is left out");
            }
        }
        return found;
    }

    /** Returns the versions below the module's own, newest first. */
    private List<String> versions() {
        Artifact lower = module.setVersion("(," + module.getVersion() + ")");
        VersionRangeResult result;
        try {
            result = repositories.resolveVersionRange(session, new VersionRangeRequest(lower, remotes, null));
        } catch (VersionRangeResolutionException e) {
            throw failure("looked up", e);
        }
        if (!session.isOffline()) {
            for (Exception e : result.getExceptions()) {
                // most repositories do not know the module
                if (!(e instanceof MetadataNotFoundException)) throw failure("looked up", e);
            }
        }
        List<String> versions = new ArrayList<>();
        for (Version version : result.getVersions()) {
            if (!module.setVersion(version.toString()).isSnapshot()) versions.add(version.toString());
        }
        Collections.reverse(versions);
        return versions;
    }

    private Optional<Path> file(String version, String type, @Nullable String classifier) {
        Artifact artifact = new DefaultArtifact(module.getGroupId(), module.getArtifactId(), classifier, type, version);
        try {
            return Optional.of(repositories
                    .resolveArtifact(session, new ArtifactRequest(artifact, remotes, null))
                    .getArtifact()
                    .getFile()
                    .toPath());
        } catch (ArtifactResolutionException e) {
            if (session.isOffline() || e.getResults().stream().allMatch(result -> result.isMissing())) {
                return Optional.empty();
            }
            throw failure("fetched", e);
        }
    }

    private AdapterException failure(String verb, Exception e) {
        return new AdapterException(
                "Earlier releases of " + name() + " could not be " + verb + ": " + e.getMessage()
                        + "; repair that repository, or run 'mvn -o' to use the releases in the local repository",
                e);
    }

    private String name() {
        return module.getGroupId() + ":" + module.getArtifactId();
    }

    private static String described(String type, @Nullable String classifier) {
        return type + " artifact" + (classifier == null ? "" : " with the classifier '" + classifier + "'");
    }
}
