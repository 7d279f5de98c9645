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
 * What stands in for kit's default of {@code version.name}, the time of day, so that a build can be repeated.
 *
 * <p>A browser finds out about a new deployment by this name: the content's digest is part of it, since the timestamp
 * of a module stays the same from one snapshot to the next.
 *
 * @param value the name; null where nothing is known that a second build would know too
 * @param origin where it comes from, for messages
 */
record VersionName(@Nullable String value, String origin) {

    /** From {@code project.build.outputTimestamp}, else from the git commit. */
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
