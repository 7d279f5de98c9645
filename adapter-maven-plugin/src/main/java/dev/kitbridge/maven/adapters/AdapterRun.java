package dev.kitbridge.maven.adapters;

import dev.kitbridge.adapter.AdapterException;
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
 * Runs an adapter, unless its inputs and its output are the same as after its last run.
 *
 * @param project the Maven module
 * @param build the app's build
 * @param scratch the folder of Kitbridge in the app
 * @param compressor compresses for the builder
 * @param downloads creates the downloads for the builder; they log to the given log
 */
public record AdapterRun(
        Project project,
        ViteBuild.Result build,
        Path scratch,
        Compressor compressor,
        Function<Log, Downloads> downloads) {

    /**
     * The state after a run, for comparison before the next run.
     *
     * @param fingerprint of all inputs
     * @param stamp of the output
     * @param outputs folders and files of the output
     * @param attachments files that the adapter attached to the module
     * @param releases earlier releases that the adapter asked for
     * @param packages folders of npm packages that the adapter copied
     * @param packagesStamp of these packages
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
     * The result of a run.
     *
     * @param fresh whether the adapter ran now
     * @param outputs folders and files that it wrote
     * @param attachments files to attach to the module
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
            // the adapter runs, asks again, and reports the failure
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
                                .map(Project.Dependency::file)
                                .toList()))
                .add("main", main == null ? "" : Tree.stamp(List.of(main)))
                .digest();
    }

    /**
     * Lists the components by hand: {@code Project.toString()} needs the run-time linkage of records, which costs more
     * than the whole check.
     */
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
            // null in the state of an earlier version of the plugin
            return state.packagesStamp() == null ? null : state;
        } catch (JacksonException e) {
            return null;
        }
    }
}
