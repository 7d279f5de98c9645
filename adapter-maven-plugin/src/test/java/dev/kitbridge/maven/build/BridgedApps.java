package dev.kitbridge.maven.build;

import dev.kitbridge.adapter.Project;
import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.app.Kit;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.node.Nodes;
import dev.kitbridge.maven.node.Programs;
import dev.kitbridge.maven.packages.Packages;
import dev.kitbridge.maven.packages.ScriptRun;
import dev.kitbridge.maven.packages.ViteScript;
import dev.kitbridge.maven.process.ProcessLog;
import dev.kitbridge.maven.vite.Contribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Real apps for tests of the bridge, with a Node and packages that the plugin fetches; the first run needs a network.
 */
final class BridgedApps {

    static final Path SOURCES = Path.of("src/test/js").toAbsolutePath();
    static final Instant TIMESTAMP = Instant.parse("2026-11-01T00:00:00Z");

    private static final Path WORK = Path.of("target/js").toAbsolutePath();

    private static NodeRuntime node;

    private BridgedApps() {}

    static NodeRuntime node() {
        return node;
    }

    static void install() throws IOException {
        node = new Nodes(null, "24", null, false, false, Programs.system()).find(SOURCES, message -> {});
        for (String kit : List.of("kit3", "kit2", "vite6")) {
            Path folder = Files.createDirectories(WORK.resolve(kit));
            for (String name : List.of("package.json", "package-lock.json")) {
                Files.write(
                        folder.resolve(name),
                        Files.readAllBytes(SOURCES.resolve(kit).resolve(name)));
            }
            new Packages(Packages.Mode.AUTO, false, Programs.system())
                    .install(new App(folder), node, new ProcessLog(line -> {}, line -> {}, line -> {}, false));
        }
    }

    /** Copies the app of the bridge's own tests to a new folder. */
    static App app(String kit, String name) throws IOException {
        Path app = WORK.resolve(kit).resolve("apps").resolve(name);
        if (Files.exists(app)) delete(app);
        copy(SOURCES.resolve("app"), app);
        copy(SOURCES.resolve(kit), app);
        Files.copy(
                SOURCES.resolve("app/package.json"), app.resolve("package.json"), StandardCopyOption.REPLACE_EXISTING);
        Files.delete(app.resolve("package-lock.json"));
        return new App(app.toRealPath());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.write(target, Files.readAllBytes(file));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }

    static ScriptRun run(App app) {
        try {
            ViteScript script = ViteScript.of(app, "build");
            return new ScriptRun(app, script, node, Programs.system(), false, Map.of("PUBLIC_GREETING", "ahoy"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static App.InstalledPackage kit(App app) throws IOException {
        return Kit.of(app, spec -> spec, false, warning -> {});
    }

    static ViteBuild build(App app, List<String> logged, Contribution... contributions) {
        return new ViteBuild(
                run(app),
                app.directory(),
                app.directory().resolve("target"),
                "production",
                TIMESTAMP,
                List.of(contributions),
                null,
                new ProcessLog(logged::add, logged::add, logged::add, false));
    }

    static Path folder(App app) {
        return BuildFolder.of(app, app.directory()).path();
    }

    static Project project(App app) {
        Path base = app.directory();
        Path target = base.resolve("target");
        return new Project(
                "com.example",
                "lighthouse",
                "1",
                "jar",
                "lighthouse",
                base,
                base,
                target,
                target.resolve("classes"),
                null,
                List.of(),
                TIMESTAMP);
    }

    /** Builds, and closes the bridge. */
    static ViteBuild.Result built(ViteBuild build, App app, HeadStart ahead, Consumer<String> before)
            throws IOException {
        ViteBuild.Result result = build.run(kit(app), ahead, before);
        result.close();
        return result;
    }

    static HeadStart headStart(App app) throws IOException {
        return HeadStart.of(run(app), app.directory(), app.directory().resolve("target"), false);
    }
}
