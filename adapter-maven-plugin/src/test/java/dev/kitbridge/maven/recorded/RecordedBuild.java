package dev.kitbridge.maven.recorded;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Downloads;
import dev.kitbridge.adapter.JavaScriptRuntime;
import dev.kitbridge.adapter.Log;
import dev.kitbridge.adapter.Project;
import dev.kitbridge.adapter.TargetPlatform;
import dev.kitbridge.maven.build.BuildRecord;
import dev.kitbridge.maven.builder.Compressor;
import dev.kitbridge.maven.builder.KitBuilder;
import dev.kitbridge.maven.json.Jackson;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.NodeServer;
import dev.kitbridge.maven.node.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A build that {@code src/test/js/recordings.mjs} has recorded, in the folder that the bridge writes to: adapters run
 * on it without a build.
 *
 * @param record kit's data of the build; each built file is replaced by a file that contains its own path
 * @param project a module whose own folder is the app's
 * @param scratch the bridge's folder
 * @param downloads the downloads of adapters; at first they fail
 */
public record RecordedBuild(BuildRecord record, Project project, Path scratch, Downloads downloads) {

    /** Downloads that always fail. */
    public static final Downloads NOTHING = new NoDownloads();

    /**
     * Unpacks a build.
     *
     * @param kit {@code kit3} or {@code kit2}
     * @param module an empty folder
     */
    public static RecordedBuild unpack(String kit, Path module) throws IOException {
        Path base = module.toRealPath();
        Path own = base.resolve(".svelte-kit");
        Path scratch = Files.createDirectories(own.resolve("kitbridge"));
        for (String file : text(kit + "/files.txt").lines().toList()) {
            Path stand = own.resolve(file);
            Files.createDirectories(stand.getParent());
            Files.writeString(stand, (file + "\n").repeat(20));
        }
        Files.writeString(scratch.resolve("build.json"), text(kit + "/build.json"));
        BuildRecord record = BuildRecord.read(scratch.resolve("build.json"));
        if (record == null) throw new IOException(scratch + " holds no record of the current form");
        return new RecordedBuild(record, project(base, "jar", null, List.of()), scratch, NOTHING);
    }

    private static Project project(
            Path base, String packaging, @Nullable Path mainArtifact, List<Project.Dependency> dependencies) {
        Path target = base.resolve("target");
        return new Project(
                "com.example",
                "lighthouse",
                "1.0",
                packaging,
                "lighthouse-1.0",
                base,
                base,
                target,
                target.resolve("classes"),
                mainArtifact,
                dependencies,
                Instant.parse("2026-11-01T00:00:00Z"));
    }

    /** Returns this build in a module with a main artifact. */
    public RecordedBuild withMainArtifact(Path file) {
        return with(project(project.baseDirectory(), project.packaging(), file, project.dependencies()));
    }

    /** Returns this build in a module with dependencies. */
    public RecordedBuild withDependencies(List<Project.Dependency> some) {
        return with(project(project.baseDirectory(), project.packaging(), project.mainArtifact(), some));
    }

    /**
     * Returns this build with an adapter in JavaScript that has run.
     *
     * @param script the adapter
     */
    public RecordedBuild withJavaScriptAdapter(BuildRecord.Ran script) throws IOException {
        Path file = scratch.resolve("build.json");
        String ran = Jackson.MAPPER.writeValueAsString(script);
        Files.writeString(
                file, Files.readString(file).replaceFirst("\"adapters\": ?\\[]", "\"adapters\":[" + ran + "]"));
        return new RecordedBuild(Objects.requireNonNull(BuildRecord.read(file)), project, scratch, downloads);
    }

    private RecordedBuild with(Project other) {
        return new RecordedBuild(record, other, scratch, downloads);
    }

    /** Returns this build with downloads. */
    public RecordedBuild withDownloads(Downloads some) {
        return new RecordedBuild(record, project, scratch, some);
    }

    /** Creates a builder for an adapter, which compresses with the Node on {@code PATH}. */
    public KitBuilder builder(String id, Log log) {
        return builder(id, log, new NodeRuntime(Programs.system().find("node").orElse(Path.of("node")), "PATH"));
    }

    /** Creates a builder for an adapter, which compresses with this Node. */
    public KitBuilder builder(String id, Log log, NodeRuntime node) {
        // it ends with the JVM
        NodeServer server = new NodeServer(node, scratch, null);
        return new KitBuilder(
                record, project, id, scratch, log, new Compressor(server, scratch, message -> {}), downloads);
    }

    /** Downloads that fail. */
    private record NoDownloads() implements Downloads {

        @Override
        public JavaScriptRuntime.Binary javaScriptRuntime(
                JavaScriptRuntime runtime, @Nullable String version, TargetPlatform platform) {
            throw new AdapterException("a recorded build fetches nothing; see withDownloads");
        }

        @Override
        public List<Downloads.Release> previousReleases(int count, String type, @Nullable String classifier) {
            return List.of();
        }

        @Override
        public List<Project.Dependency> artifact(String groupId, String artifactId, String version) {
            throw new AdapterException("a recorded build resolves nothing; see withDownloads");
        }
    }

    /** Reads another text that kit has written. */
    public static String text(String file) throws IOException {
        try (InputStream in = RecordedBuild.class.getResourceAsStream(file)) {
            if (in == null) throw new IOException("there is no recorded '" + file + "'");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
