package dev.kitbridge.maven.build;

import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.files.Fingerprint;
import dev.kitbridge.maven.files.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Maven module's folder for its last build of an app: the state, the record and the files of the record. Several
 * modules may build one app with different settings, but SvelteKit has one output folder. While it holds the output of
 * another module, this module's output is kept here.
 *
 * @param app the app
 * @param path the folder
 */
record BuildFolder(App app, Path path) {

    static BuildFolder of(App app, Path module) {
        return of(app, module, List.of());
    }

    /**
     * Returns the folder of a build with adapters in JavaScript, which another execution in the module may not run.
     *
     * @param scripts the ids of these adapters
     */
    static BuildFolder of(App app, Path module, List<String> scripts) {
        Fingerprint fingerprint = new Fingerprint().add("module", module.toString());
        if (!scripts.isEmpty()) fingerprint.add("scripts", String.join(" ", scripts));
        String name = fingerprint.digest().substring(0, 16);
        return new BuildFolder(app, app.scratch().resolve("modules").resolve(name));
    }

    /** Returns this folder, then those of other modules. */
    List<BuildFolder> withOthers() throws IOException {
        List<BuildFolder> all = new ArrayList<>(List.of(this));
        Path parent = path.resolveSibling("");
        if (!Files.isDirectory(parent)) return all;
        try (Stream<Path> folders = Files.list(parent)) {
            folders.filter(folder -> !folder.equals(path))
                    .sorted()
                    .forEach(folder -> all.add(new BuildFolder(app, folder)));
        }
        return all;
    }

    /** Returns the file of the record. */
    Path record() {
        return path.resolve("build.json");
    }

    /** Moves this module's output back to SvelteKit's output folder, and that of another module to its own folder. */
    void restore(BuildRecord record) throws IOException {
        putAside();
        Path output = app.directory().resolve(record.outputDirectory());
        if (Files.isDirectory(parked()) && !Files.exists(output)) {
            Files.createDirectories(output.resolveSibling(""));
            Files.move(parked(), output);
        }
        own();
    }

    /** Moves the output of another module to its own folder before this module builds. */
    void begin() throws IOException {
        Files.createDirectories(path);
        putAside();
        Tree.delete(parked());
        own();
    }

    private void putAside() throws IOException {
        Path owner = owner();
        if (!Files.isRegularFile(owner)) return;
        String name = Files.readString(owner);
        if (!name.matches("[0-9a-f]{16}") || path.endsWith(name)) return;
        BuildFolder other = new BuildFolder(app, path.resolveSibling(name));
        BuildRecord record = BuildRecord.read(other.record());
        if (record == null || LastBuild.read(other.path()) == null) return;
        Path output = app.directory().resolve(record.outputDirectory());
        if (!Files.isDirectory(output)) return;
        Tree.delete(other.parked());
        Files.move(output, other.parked());
    }

    private void own() throws IOException {
        Path part = owner().resolveSibling("owner.part");
        Files.writeString(part, path.getFileName().toString());
        Files.move(part, owner(), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path parked() {
        return path.resolve("output");
    }

    /** Returns the file that names the module whose output is in SvelteKit's output folder. */
    private Path owner() {
        return app.scratch().resolve("owner");
    }
}
