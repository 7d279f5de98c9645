package dev.kitbridge.maven;

import dev.kitbridge.adapter.Project;
import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.failure.UserFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** Describes a Maven module to adapters. */
final class Modules {

    private Modules() {}

    static Project project(MavenProject project, App app) throws IOException {
        File main = project.getArtifact().getFile();
        Path base = project.getBasedir().toPath().toRealPath();
        return new Project(
                project.getGroupId(),
                project.getArtifactId(),
                project.getVersion(),
                project.getPackaging(),
                project.getBuild().getFinalName(),
                base,
                app.directory(),
                Path.of(project.getBuild().getDirectory()),
                Path.of(project.getBuild().getOutputDirectory()),
                main != null && Files.isRegularFile(main.toPath()) ? main.toPath() : null,
                dependencies(project),
                timestamp(project.getProperties().getProperty("project.build.outputTimestamp")));
    }

    /** Lists the runtime dependencies that Maven resolved for the goal. */
    private static List<Project.Dependency> dependencies(MavenProject project) {
        List<Project.Dependency> dependencies = new ArrayList<>();
        for (Artifact artifact : project.getArtifacts()) {
            boolean runtime = Artifact.SCOPE_COMPILE.equals(artifact.getScope())
                    || Artifact.SCOPE_RUNTIME.equals(artifact.getScope());
            File file = artifact.getFile();
            if (!runtime || file == null || !artifact.getArtifactHandler().isAddedToClasspath()) continue;
            String classifier = artifact.getClassifier();
            dependencies.add(new Project.Dependency(
                    artifact.getGroupId(),
                    artifact.getArtifactId(),
                    artifact.getBaseVersion(),
                    classifier == null || classifier.isEmpty() ? null : classifier,
                    file.toPath()));
        }
        return dependencies;
    }

    /** Parses a timestamp as Maven's archivers do: a date, or seconds since 1970. A single character means none. */
    static @Nullable Instant timestamp(@Nullable String text) {
        if (text == null || text.isBlank()) return null;
        if (text.matches("\\d+")) return Instant.ofEpochSecond(Long.parseLong(text));
        if (text.length() == 1) return null;
        try {
            return OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.SECONDS);
        } catch (DateTimeException e) {
            throw new UserFailure(
                    "project.build.outputTimestamp is '" + text + "'; expected a date such as"
                            + " 2026-11-01T00:00:00Z, or seconds since 1970",
                    e);
        }
    }
}
