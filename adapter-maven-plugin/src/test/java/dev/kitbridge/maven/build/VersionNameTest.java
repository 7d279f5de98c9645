package dev.kitbridge.maven.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.maven.node.Programs;
import dev.kitbridge.maven.process.Scripts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class VersionNameTest {

    private static final String DIGEST = "0123456789abcdef";
    private static final String COMMIT = "89e6c98d92887913cadf06b2adb97f26cde4849b";

    @TempDir
    Path temp;

    private VersionName of(@Nullable Instant timestamp) throws IOException {
        return VersionName.of(
                timestamp, temp, DIGEST, new Programs(temp.resolve("bin").toString()));
    }

    @Test
    void theTimestampComesFirst() throws IOException {
        Scripts.write(temp.resolve("bin"), "git", "echo " + COMMIT);
        assertThat(of(Instant.parse("2026-11-01T00:00:00Z")))
                .isEqualTo(new VersionName("1793491200000-01234567", "project.build.outputTimestamp"));
    }

    @Test
    void withoutATimestampTheCommitIsTaken() throws IOException {
        Scripts.write(temp.resolve("bin"), "git", "test \"$*\" = 'rev-parse HEAD' && echo " + COMMIT);
        assertThat(of(null)).isEqualTo(new VersionName("89e6c98d9288-01234567", "the git commit"));
    }

    @Test
    void outsideOfARepositoryThereIsNoName() throws IOException {
        assertThat(of(null)).isEqualTo(new VersionName(null, "the time of day"));
        Scripts.write(temp.resolve("bin"), "git", "echo fatal: not a git repository >&2; exit 128");
        assertThat(of(null).value()).isNull();
        Scripts.write(temp.resolve("bin"), "git", "echo HEAD");
        assertThat(of(null).value()).isNull();
    }
}
