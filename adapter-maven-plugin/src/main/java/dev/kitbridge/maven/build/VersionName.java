package dev.kitbridge.maven.build;

import dev.kitbridge.maven.node.Programs;
import dev.kitbridge.maven.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A reproducible default for {@code version.name}. Kit's own default is the time of day.
 *
 * <p>Browsers detect a new deployment by this name. It contains a digest of the content, because a module's timestamp
 * is the same for all snapshots.
 *
 * @param value the name; null if no reproducible name is available
 * @param origin the source of the name, for messages
 */
record VersionName(@Nullable String value, String origin) {

    /** Derives the name from {@code project.build.outputTimestamp}, else from the Git commit. */
    static VersionName of(@Nullable Instant timestamp, Path app, String contentDigest, Programs programs)
            throws IOException {
        String content = contentDigest.substring(0, 8);
        if (timestamp != null) {
            return new VersionName(timestamp.toEpochMilli() + "-" + content, "project.build.outputTimestamp");
        }
        return commit(app, programs)
                .map(commit -> new VersionName(commit.substring(0, 12) + "-" + content, "the git commit"))
                .orElseGet(() -> new VersionName(null, "the time of day"));
    }

    private static Optional<String> commit(Path app, Programs programs) throws IOException {
        Optional<Path> git = programs.find("git");
        if (git.isEmpty()) return Optional.empty();
        ChildProcess.Result result =
                new ChildProcess(List.of(git.get().toString(), "rev-parse", "HEAD"), app, Map.of()).run();
        String text = result.text().strip();
        return result.succeeded() && text.matches("[0-9a-f]{40,64}") ? Optional.of(text) : Optional.empty();
    }
}
