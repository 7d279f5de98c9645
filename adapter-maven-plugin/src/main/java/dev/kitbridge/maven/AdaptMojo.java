package dev.kitbridge.maven;

import dev.kitbridge.maven.adapters.AdapterRun;
import dev.kitbridge.maven.adapters.ConfiguredAdapter;
import dev.kitbridge.maven.adapters.SupportsCheck;
import dev.kitbridge.maven.builder.Compressor;
import dev.kitbridge.maven.builder.KitBuilder;
import dev.kitbridge.maven.report.HtmlReport;
import dev.kitbridge.maven.report.Report;
import dev.kitbridge.maven.report.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProjectHelper;

/**
 * Builds the SvelteKit app and runs adapters against the output: installs the app's packages and builds it with its own
 * Vite, each if necessary, checks that the adapters support what the app uses, and lets every adapter write its output.
 */
@Mojo(
        name = "adapt",
        defaultPhase = LifecyclePhase.PACKAGE,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
@SuppressWarnings("NullAway.Init")
public final class AdaptMojo extends BuildMojo {

    @Inject
    private MavenProjectHelper projects;

    @Override
    void run() throws IOException {
        try (Built built = build()) {
            adapt(built);
        }
    }

    private void adapt(Built built) throws IOException {
        new SupportsCheck(built.build().record(), built.adapters()).enforce();
        Compressor compressor = new Compressor(built.build().node(), built.app().scratch(), progress()::at);
        AdapterRun run = new AdapterRun(
                built.project(),
                built.build(),
                built.app().scratch(),
                compressor,
                log -> downloads(built.node(), log, log::info));
        boolean fresh = built.build().fresh();
        Map<String, List<Path>> outputs = new LinkedHashMap<>();
        for (ConfiguredAdapter adapter : built.adapters()) {
            AdapterLog log = new AdapterLog(getLog(), adapter.id(), progress());
            AdapterRun.Result result = progress().step("Adapter '" + adapter.id() + "'", () -> run.run(adapter, log));
            fresh |= result.fresh();
            outputs.put(adapter.id(), result.outputs());
            if (!result.fresh()) getLog().info("Nothing changed for adapter '" + adapter.id() + "'");
            for (KitBuilder.Attachment attached : result.attachments()) {
                projects.attachArtifact(
                        project,
                        attached.type(),
                        attached.classifier(),
                        attached.file().toFile());
            }
        }
        report(built, outputs, fresh);
    }

    /** A report of a build in which nothing ran would say that it took no time. */
    private void report(Built built, Map<String, List<Path>> outputs, boolean fresh) throws IOException {
        Path file = built.project().buildDirectory().resolve("adapters").resolve("report.html");
        if (!fresh && Files.isRegularFile(file)) return;
        Map<String, String> versions = Map.of("Kitbridge", plugin.getVersion());
        List<String> services = ModuleClasses.of(project, false).interfaces();
        Report report = Report.of(built.build().record(), built.project(), versions, outputs, List.of(), services);
        HtmlReport.write(file, report, progress().times());
        Summary.lines(report).forEach(getLog()::info);
        getLog().info("  Report: " + file.toUri().toString().replaceFirst("^file:/+", "file:///"));
    }
}
