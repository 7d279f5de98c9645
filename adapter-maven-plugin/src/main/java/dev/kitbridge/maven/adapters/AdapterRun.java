package dev.kitbridge.maven.adapters;

import dev.kitbridge.adapter.Log;
import dev.kitbridge.adapter.Project;
import dev.kitbridge.maven.builder.Compressor;
import dev.kitbridge.maven.builder.KitBuilder;
import dev.kitbridge.maven.digest.Fingerprint;
import dev.kitbridge.maven.json.Json;
import dev.kitbridge.maven.vite.Tree;
import dev.kitbridge.maven.vite.ViteBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Runs an adapter, unless its last run was on the same and its output is still there.
 *
 * @param project the Maven module
 * @param build the app's build
 * @param scratch the bridge's folder
 * @param compressor for the builder
 */
public record AdapterRun(Project project, ViteBuild.Result build, Path scratch, Compressor compressor) {

    /**
     * What is left of a run for the next one.
     *
     * @param fingerprint of all that went in
     * @param stamp of what came out
     * @param outputs where that is
     * @param attachments what was attached to the module
     */
    record State(String fingerprint, String stamp, List<Path> outputs, List<KitBuilder.Attachment> attachments) {}

    /**
     * A run.
     *
     * @param fresh whether the adapter ran now
     * @param attachments what is to be attached to the module
     */
    public record Result(boolean fresh, List<KitBuilder.Attachment> attachments) {}

    /** Runs one adapter. */
    public Result run(Configured adapter, Log log) throws IOException {
        Path stateFile = scratch.resolve("adapters").resolve(adapter.id() + ".json");
        String fingerprint = fingerprint(adapter);
        State last = state(stateFile);
        if (last != null
                && last.fingerprint().equals(fingerprint)
                && last.stamp().equals(Tree.stamp(last.outputs()))) {
            return new Result(false, last.attachments());
        }
        Files.deleteIfExists(stateFile);
        KitBuilder builder = new KitBuilder(build.record(), project, adapter.id(), scratch, log, compressor);
        adapt(adapter, builder);
        List<Path> outputs = List.copyOf(builder.outputs());
        Files.createDirectories(stateFile.resolveSibling(""));
        Path part = stateFile.resolveSibling(stateFile.getFileName() + ".part");
        State state = new State(fingerprint, Tree.stamp(outputs), outputs, builder.attachments());
        Files.writeString(part, Json.MAPPER.writeValueAsString(state));
        Files.move(part, stateFile, StandardCopyOption.REPLACE_EXISTING);
        return new Result(true, builder.attachments());
    }

    private static void adapt(Configured adapter, KitBuilder builder) throws IOException {
        try {
            adapter.adapter().adapt(builder);
        } catch (IOException | RuntimeException | LinkageError e) {
            throw Configured.failure(adapter.id(), adapter.jar(), e);
        }
    }

    private String fingerprint(Configured adapter) throws IOException {
        Path main = project.mainArtifact();
        return new Fingerprint()
                .add("build", build.fingerprint())
                .add("name", adapter.name())
                .add("options", adapter.options().toString())
                .add("jar", Tree.content(Path.of(adapter.jar())))
                .add("project", project.toString())
                .add("main", main == null ? "" : Tree.stamp(List.of(main)))
                .digest();
    }

    private static @Nullable State state(Path file) throws IOException {
        try {
            return Files.isRegularFile(file) ? Json.MAPPER.readValue(Files.readString(file), State.class) : null;
        } catch (JacksonException e) {
            return null;
        }
    }
}
