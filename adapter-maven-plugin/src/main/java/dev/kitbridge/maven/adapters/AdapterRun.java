package dev.kitbridge.maven.adapters;

import dev.kitbridge.adapter.AdapterException;
import dev.kitbridge.adapter.Dependency;
import dev.kitbridge.adapter.Downloads;
import dev.kitbridge.adapter.Log;
import dev.kitbridge.adapter.Project;
import dev.kitbridge.maven.build.ViteBuild;
import dev.kitbridge.maven.builder.Compressor;
import dev.kitbridge.maven.builder.KitBuilder;
import dev.kitbridge.maven.files.Fingerprint;
import dev.kitbridge.maven.files.Tree;
import dev.kitbridge.maven.json.Jackson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Runs an adapter, unless its last run was on the same and its output is still there.
 *
 * @param project the Maven module
 * @param build the app's build
 * @param scratch the bridge's folder
 * @param compressor for the builder
 * @param downloads for the builder, given where to say what is fetched
 */
public record AdapterRun(
        Project project,
        ViteBuild.Result build,
        Path scratch,
        Compressor compressor,
        Function<Log, Downloads> downloads) {

    /**
     * What is left of a run for the next one.
     *
     * @param fingerprint of all that went in
     * @param stamp of what came out
     * @param outputs where that is
     * @param attachments what was attached to the module
     * @param releases what it asked of earlier releases
     * @param packages the folders of npm packages that it wrote
     * @param packagesStamp of these
     */
    record State(
            String fingerprint,
            String stamp,
            List<Path> outputs,
            List<KitBuilder.Attachment> attachments,
            List<KitBuilder.AskedReleases> releases,
            List<Path> packages,
            String packagesStamp) {}

    /**
     * A run.
     *
     * @param fresh whether the adapter ran now
     * @param outputs folders and files that it wrote
     * @param attachments what is to be attached to the module
     */
    public record Result(boolean fresh, List<Path> outputs, List<KitBuilder.Attachment> attachments) {}

    /** Runs one adapter. */
    public Result run(ConfiguredAdapter adapter, Log log) throws IOException {
        // several modules may build the same app
        String module = new Fingerprint()
                .add("module", project.baseDirectory().toString())
                .digest()
                .substring(0, 16);
        Path stateFile = scratch.resolve("adapters").resolve(adapter.id() + "-" + module + ".json");
        String fingerprint = fingerprint(adapter);
        State last = state(stateFile);
        if (last != null
                && last.fingerprint().equals(fingerprint)
                && last.stamp().equals(Tree.stamp(last.outputs()))
                && last.packagesStamp().equals(packagesStamp(last.packages()))
                && areCurrent(last.releases(), log)) {
            return new Result(false, last.outputs(), last.attachments());
        }
        Files.deleteIfExists(stateFile);
        KitBuilder builder = new KitBuilder(
                build.record(), project, adapter.id(), build.folder(), log, compressor, downloads.apply(log));
        adapt(adapter, builder);
        List<Path> outputs = List.copyOf(builder.outputs());
        Files.createDirectories(stateFile.resolveSibling(""));
        Path part = stateFile.resolveSibling(stateFile.getFileName() + ".part");
        List<Path> packages = List.copyOf(builder.packages());
        State state = new State(
                fingerprint,
                Tree.stamp(outputs),
                outputs,
                builder.attachments(),
                builder.releases(),
                packages,
                packagesStamp(packages));
        Files.writeString(part, Jackson.MAPPER.writeValueAsString(state));
        Files.move(part, stateFile, StandardCopyOption.REPLACE_EXISTING);
        return new Result(true, outputs, builder.attachments());
    }

    private static String packagesStamp(List<Path> packages) throws IOException {
        return Tree.stamp(packages, folder -> !folder.equals("node_modules"));
    }

    private boolean areCurrent(List<KitBuilder.AskedReleases> releases, Log log) throws IOException {
        try {
            for (KitBuilder.AskedReleases asked : releases) {
                if (!asked.isCurrent(downloads.apply(log))) return false;
            }
            return true;
        } catch (AdapterException e) {
            // the adapter will ask again, and tell
            return false;
        }
    }

    private static void adapt(ConfiguredAdapter adapter, KitBuilder builder) throws IOException {
        try {
            adapter.adapter().adapt(builder);
        } catch (IOException | RuntimeException | LinkageError e) {
            throw ConfiguredAdapter.failure(adapter.id(), adapter.jar(), e);
        }
    }

    private String fingerprint(ConfiguredAdapter adapter) throws IOException {
        Path main = project.mainArtifact();
        return new Fingerprint()
                .add("build", build.fingerprint())
                .add("name", adapter.name())
                .add("options", adapter.options().toString())
                .add("jar", Tree.content(Path.of(adapter.jar())))
                .add("project", coordinates().toString())
                .add(
                        "dependencies",
                        Tree.stamp(project.dependencies().stream()
                                .map(Dependency::file)
                                .toList()))
                .add("main", main == null ? "" : Tree.stamp(List.of(main)))
                .digest();
    }

    /** All but what the files stand for; the record's own text takes a JVM longer to make than all the rest. */
    private List<Object> coordinates() {
        return Arrays.asList(
                project.groupId(),
                project.artifactId(),
                project.version(),
                project.packaging(),
                project.finalName(),
                project.baseDirectory(),
                project.appDirectory(),
                project.buildDirectory(),
                project.classesDirectory(),
                project.mainArtifact(),
                project.dependencies(),
                project.timestamp());
    }

    private static @Nullable State state(Path file) throws IOException {
        try {
            if (!Files.isRegularFile(file)) return null;
            State state = Jackson.MAPPER.readValue(Files.readString(file), State.class);
            // where an earlier version of the plugin left it, something is missing
            return state.packagesStamp() == null ? null : state;
        } catch (JacksonException e) {
            return null;
        }
    }
}
