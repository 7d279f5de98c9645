package dev.kitbridge.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Downloads;
import dev.kitbridge.maven.recorded.RecordedLog;
import java.io.File;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.metadata.DefaultMetadata;
import org.eclipse.aether.metadata.Metadata;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.VersionRangeRequest;
import org.eclipse.aether.resolution.VersionRangeResult;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.ArtifactTransferException;
import org.eclipse.aether.transfer.MetadataNotFoundException;
import org.eclipse.aether.transfer.MetadataTransferException;
import org.eclipse.aether.util.version.GenericVersionScheme;
import org.eclipse.aether.version.InvalidVersionSpecificationException;
import org.eclipse.aether.version.Version;
import org.junit.jupiter.api.Test;

/** A repository system that knows some versions of a module. */
class MavenReleasesTest {

    private static final RemoteRepository REMOTE = new RemoteRepository.Builder("office", "default", "file:/x").build();
    private static final Metadata METADATA =
            new DefaultMetadata("com.example", "site", "maven-metadata.xml", Metadata.Nature.RELEASE_OR_SNAPSHOT);

    private final RecordedLog log = new RecordedLog();
    private final DefaultRepositorySystemSession session = new DefaultRepositorySystemSession();
    private final GenericVersionScheme scheme = new GenericVersionScheme();
    private final List<Exception> troubles = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final Set<String> without = new HashSet<>();
    private final Set<String> unreachable = new HashSet<>();
    private String known = "";

    private final RepositorySystem repositories = (RepositorySystem) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {RepositorySystem.class}, (InvocationHandler)
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "resolveVersionRange" -> range((VersionRangeRequest) arguments[1]);
                        case "resolveArtifact" -> artifact((ArtifactRequest) arguments[1]);
                        default -> throw new AssertionError(method);
                    });

    private VersionRangeResult range(VersionRangeRequest request) throws InvalidVersionSpecificationException {
        VersionRangeResult result = new VersionRangeResult(request);
        List<Version> versions = new ArrayList<>();
        for (String version : known.split(" ", -1)) {
            if (version.isEmpty()) continue;
            Version parsed = scheme.parseVersion(version);
            if (scheme.parseVersionConstraint(request.getArtifact().getVersion())
                    .containsVersion(parsed)) versions.add(parsed);
        }
        versions.sort(null);
        troubles.forEach(result::addException);
        return result.setVersions(versions);
    }

    private ArtifactResult artifact(ArtifactRequest request) throws ArtifactResolutionException {
        Artifact artifact = request.getArtifact();
        asked.add(artifact.toString());
        ArtifactResult result = new ArtifactResult(request);
        if (without.contains(artifact.getVersion())) {
            result.addException(new ArtifactNotFoundException(artifact, REMOTE));
        } else if (unreachable.contains(artifact.getVersion())) {
            result.addException(new ArtifactTransferException(artifact, REMOTE, "the office is closed"));
        } else {
            return result.setArtifact(artifact.setFile(file(artifact.getVersion())));
        }
        throw new ArtifactResolutionException(List.of(result));
    }

    private static File file(String version) {
        return new File("site-" + version + ".jar");
    }

    private List<String> newest(int count, String own) {
        Artifact module = new DefaultArtifact("com.example", "site", "pom", own);
        return new MavenReleases(repositories, session, List.of(REMOTE), module)
                .newest(count, "jar", "app", log).stream()
                        .peek(release -> assertThat(release.file())
                                .isEqualTo(file(release.version()).toPath()))
                        .map(Downloads.Release::version)
                        .toList();
    }

    @Test
    void theNewestLowerReleasesComeFirstByMavensOrder() {
        known = "1.0 1.9 1.10 1.10-rc1 2.0 2.0-rc1 2.1-SNAPSHOT 2.1 3.0";
        assertThat(newest(4, "2.1-SNAPSHOT")).containsExactly("2.0", "2.0-rc1", "1.10", "1.10-rc1");
        assertThat(newest(2, "2.0")).containsExactly("2.0-rc1", "1.10");
        assertThat(newest(9, "1.0")).isEmpty();
        assertThat(log.lines()).isEmpty();
        assertThat(asked.get(0)).isEqualTo("com.example:site:jar:app:2.0");
    }

    @Test
    void snapshotsAreNoReleases() {
        known = "1.0 1.1-SNAPSHOT 1.2-20261101.101010-1";
        assertThat(newest(3, "2.0-SNAPSHOT")).containsExactly("1.0");
    }

    @Test
    void onlyTheRequestedNumberIsFetched() {
        known = "1.0 1.1 1.2";
        assertThat(newest(1, "2.0")).containsExactly("1.2");
        assertThat(newest(0, "2.0")).isEmpty();
        assertThat(asked).hasSize(1);
    }

    @Test
    void releasesWithoutTheArtifactAreLeftOut() {
        known = "1.0 1.1 1.2";
        without.add("1.1");
        assertThat(newest(2, "2.0")).containsExactly("1.2", "1.0");
        assertThat(log.lines())
                .containsExactly("info Release 1.1 of com.example:site has no jar artifact with the classifier 'app';"
                        + " it is left out");
    }

    @Test
    void offlineTheLocalRepositoryHasTheAnswer() {
        known = "1.0 1.1";
        session.setOffline(true);
        unreachable.add("1.1");
        troubles.add(new MetadataTransferException(METADATA, REMOTE, "offline"));
        assertThat(newest(2, "2.0")).containsExactly("1.0");
        assertThat(log.lines().get(0))
                .isEqualTo("warn Maven is offline: of earlier releases of com.example:site, those in the local"
                        + " repository are used");
    }

    @Test
    void aRepositoryWithoutTheModuleIsIgnored() {
        troubles.add(new MetadataNotFoundException(METADATA, REMOTE));
        assertThat(newest(2, "2.0")).isEmpty();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void anUnreachableRepositoryIsAFailure() {
        known = "1.0";
        unreachable.add("1.0");
        assertThatThrownBy(() -> newest(1, "2.0"))
                .isInstanceOf(AdapterException.class)
                .hasMessageStartingWith("Earlier releases of com.example:site could not be fetched: ")
                .hasMessageContaining("the office is closed")
                .hasMessageEndingWith(
                        "; repair that repository, or run 'mvn -o' to use the releases in the local repository");
        troubles.add(new MetadataTransferException(METADATA, REMOTE, "the office is closed"));
        assertThatThrownBy(() -> newest(1, "2.0"))
                .isInstanceOf(AdapterException.class)
                .hasMessageStartingWith("Earlier releases of com.example:site could not be looked up: ");
    }
}
